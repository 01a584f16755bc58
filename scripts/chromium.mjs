/** A Chromium for the browser tests: one that is there, or one that is installed now. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root, say, suitableNode, withNode } from './setup.mjs';

const known = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Path of a Chromium or Chrome, or null. */
export function findChromium() {
  const named = process.env.CAIRN_CHROMIUM;
  if (named && existsSync(named)) return named;
  return (known[process.platform] ?? []).find((path) => existsSync(path)) ?? ofPlaywright();
}

/** Finds one or installs one: Playwright's own, or on Debian and its kin the system's package. */
export function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  say('Installing Chromium for the browser tests (once)…');
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const options = { stdio: ['ignore', 2, 2], cwd: root, env: withNode() };
  spawnSync(suitableNode(), [cli, 'install', 'chromium'], { ...options, timeout: 300_000 });
  if (findChromium() === null && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    spawnSync('apt-get', ['update', '-qq'], options);
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      ...options,
      env: { ...options.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const installed = findChromium();
  if (installed === null) {
    throw new Error('No Chromium could be installed. Install one and name it in CAIRN_CHROMIUM.');
  }
  return installed;
}

function ofPlaywright() {
  const folder =
    process.env.PLAYWRIGHT_BROWSERS_PATH ??
    {
      linux: join(homedir(), '.cache', 'ms-playwright'),
      darwin: join(homedir(), 'Library', 'Caches', 'ms-playwright'),
      win32: join(process.env.LOCALAPPDATA ?? '', 'ms-playwright'),
    }[process.platform];
  if (!folder || !existsSync(folder)) return null;
  const inside = {
    linux: ['chrome-linux', 'chrome'],
    darwin: ['chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'],
    win32: ['chrome-win', 'chrome.exe'],
  }[process.platform];
  const builds = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name));
  for (const build of builds) {
    for (const top of [inside[0], `${inside[0]}64`]) {
      const path = join(folder, build, top, ...inside.slice(1));
      if (existsSync(path)) return path;
    }
  }
  return null;
}
