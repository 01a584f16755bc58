/**
 * `npm run demo`: the main job on the example project, in the terminal. Opens it, runs the pipeline,
 * turns a param, runs again, compares, hands the result over as a bundle and reproduces that.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, root, say, suitableNode } from './setup.mjs';

function git(folder, ...args) {
  const identity = ['-c', 'user.name=Cairn demo', '-c', 'user.email=demo@localhost'];
  return spawnSync('git', [...identity, ...args], { cwd: folder, stdio: 'ignore' }).status === 0;
}

/** Runs a command as a user would type it, and stops the demo if it fails. */
function cairn(folder, ...args) {
  const typed = ['cairn', ...args]
    .map((word) => (/[\s"]/.test(word) ? `'${word}'` : word))
    .join(' ');
  console.log(`\n\u001b[1m$ ${typed}\u001b[0m`);
  const result = spawnSync(suitableNode(), [join(root, 'bin', 'cairn.js'), ...args], {
    cwd: folder,
    stdio: 'inherit',
    env: process.env,
  });
  if (result.status !== 0) throw new Error(`“${typed}” ended with ${result.status}.`);
}

try {
  const started = Date.now();
  await ensureInstalled();
  await ensureBuilt();
  const place = mkdtempSync(join(tmpdir(), 'cairn-demo-'));
  const project = join(place, 'penguins');
  cpSync(join(root, 'resources', 'example'), project, { recursive: true });
  if (git(project, 'init', '-q', '-b', 'main')) {
    git(project, 'add', '-A');
    git(project, 'commit', '-q', '-m', 'Penguins: data, four stages, a first notebook');
  } else say('Git is not installed here; Cairn keeps the code in a repository of its own.');
  const bundle = join(place, 'penguins.zip');
  const again = join(place, 'again');

  cairn(project, 'open', project);
  cairn(project, 'repro', '-j', '2', '-e', 'baseline', '-m', 'The params as they came.');
  cairn(project, 'status');
  cairn(project, 'repro', '-P', 'train.learning_rate=0.4', '-m', 'Four times the learning rate.');
  cairn(project, 'ls');
  cairn(project, 'diff', '01.1', '01.2');
  cairn(project, 'timeline');
  cairn(project, 'export', '01.2', '-o', bundle);
  cairn(project, 'verify', bundle);
  cairn(project, 'reproduce', bundle, '--into', again);

  console.log(`\nDone in ${Math.round((Date.now() - started) / 1000)} s. What it made:`);
  console.log(`  project     ${project}`);
  console.log(`  bundle      ${bundle}`);
  console.log(`  reproduced  ${again}`);
  console.log(`\nSee it in the window:\n  npm start -- ${project}`);
} catch (error) {
  say(`demo: ${error.message}`);
  process.exitCode = 1;
}
