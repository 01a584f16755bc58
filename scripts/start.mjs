/** `npm start [-- <folder>]`: installs and builds what is missing, then opens the app. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, run, say, suitableNode, withNode } from './setup.mjs';

/** How long Electron's download may take before the browser is the better answer. */
const downloadMs = 20_000;

/** The Electron binary, fetched if that is quick; null with the reason when it cannot be had. */
function electronBinary() {
  const folder = join(root, 'node_modules', 'electron');
  const marker = join(folder, 'path.txt');
  const find = () => {
    if (!existsSync(marker)) return null;
    const binary = join(folder, 'dist', readFileSync(marker, 'utf8').trim());
    return existsSync(binary) ? binary : null;
  };
  if (process.env.CAIRN_SHELL === 'browser') return { binary: null, why: 'CAIRN_SHELL=browser' };
  if (find() === null) {
    spawnSync(suitableNode(), [join(folder, 'install.js')], {
      timeout: downloadMs,
      stdio: 'ignore',
      env: withNode(),
    });
  }
  const binary = find();
  if (binary === null) return { binary, why: 'its binary is not here and could not be fetched' };
  const headless =
    process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  return headless ? { binary: null, why: 'there is no display' } : { binary, why: '' };
}

try {
  await ensureInstalled();
  await ensureBuilt();
  const folder = process.argv.slice(2);
  const { binary, why } = electronBinary();
  if (binary !== null) {
    process.exitCode = await run(binary, [root, ...folder]);
  } else {
    say(`Electron cannot be used (${why}); Cairn opens in the browser instead.`);
    process.exitCode = await run(suitableNode(), [
      join(root, 'bin', 'cairn.js'),
      'serve',
      '--open',
      ...folder,
    ]);
  }
} catch (error) {
  say(`cairn: ${error.message}`);
  process.exitCode = 1;
}
