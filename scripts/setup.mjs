/**
 * Brings a checkout into a state in which it runs: packages installed, sources built. Runs on
 * Node 20 and newer, because on a fresh machine nothing newer is there yet; the Node that Cairn
 * itself needs comes with the packages.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const needed = 24;
const installStamp = join(root, 'node_modules', '.cairn-installed');
const buildStamp = join(root, 'out', '.built');
/** What the build reads. Tests and documents do not make it stale. */
const buildInputs = [
  'src-main',
  'src-preload',
  'src-renderer',
  'electron.vite.config.ts',
  'package-lock.json',
];

/** Chunks of earlier builds that a process may still load: a training can take weeks. */
const keptBuildsMs = 60 * 24 * 3600_000;

/** Says one line to the person waiting, out of the way of a command's own output. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/** The Node that runs Cairn: this one if it is new enough, else the one among the packages. */
export function suitableNode() {
  if (Number(process.versions.node.split('.')[0]) >= needed && !process.versions.electron) {
    return process.execPath;
  }
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const bundled = join(root, 'node_modules', 'node', 'bin', name);
  if (existsSync(bundled)) return bundled;
  throw new Error(
    `Cairn needs Node ${needed} or newer and this is Node ${process.versions.node}. ` +
      `Run “npm install” in ${root}, which brings its own, or install Node ${needed}.`,
  );
}

/** Whether `npm ci` has run for the lockfile as it is now. */
export function isInstalled() {
  return existsSync(installStamp) && readFileSync(installStamp, 'utf8') === lockHash();
}

/** Installs the packages of the lockfile if they are not. Only Node's own install script runs. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await once(join(root, '.installing'), isInstalled, () => {
    say('Installing packages (once)…');
    npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
    npm(['rebuild', 'node', '--foreground-scripts', '--loglevel=error']);
    writeFileSync(installStamp, lockHash());
  });
}

/** Whether nothing that the build reads is newer than what it wrote. */
export function isBuilt() {
  const built = statSync(buildStamp, { throwIfNoEntry: false })?.mtimeMs;
  return built !== undefined && !buildInputs.some((path) => newerThan(join(root, path), built));
}

/** Builds the main side, the preload and the renderer if their sources changed. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  await once(join(root, '.building'), isBuilt, () => {
    say('Building Cairn…');
    // The stamp takes the time before the build: what is edited meanwhile is built again.
    const started = new Date();
    const vite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    const result = spawnSync(suitableNode(), [vite, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (result.status !== 0) throw new Error('The build failed; its messages are above.');
    clearOut(join(root, 'out'), started.getTime() - keptBuildsMs);
    mkdirSync(dirname(buildStamp), { recursive: true });
    writeFileSync(buildStamp, started.toISOString());
    utimesSync(buildStamp, started, started);
  });
}

/** Runs a script or program with the suitable Node first on the path; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      ...options,
      env: { ...withNode(), ...options.env },
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal === null ? code : 128));
  });
}

/** The environment with the suitable Node and the packages' commands in front. */
export function withNode() {
  const separator = process.platform === 'win32' ? ';' : ':';
  const path = [
    dirname(suitableNode()),
    join(root, 'node_modules', '.bin'),
    process.env.PATH ?? '',
  ];
  return { ...process.env, PATH: path.join(separator) };
}

function npm(args) {
  // On Windows npm is a .cmd file, which only a shell can start; the arguments are all ours.
  const windows = process.platform === 'win32';
  const result = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: windows });
  if (result.error) throw new Error(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) throw new Error(`“npm ${args[0]}” failed; its messages are above.`);
}

/** Does the work unless another process is doing it, and then waits for that one. */
async function once(lock, done, work) {
  for (let waited = 0; !take(lock); waited++) {
    if (waited === 0) say('Another Cairn is preparing this checkout; waiting for it…');
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (done()) return;
  }
  try {
    if (!done()) work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Makes the lock file; one whose process is gone is taken over. */
function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
  } catch (error) {
    if (error.code === 'ESRCH' || error.code === 'ERR_INVALID_ARG_TYPE')
      rmSync(lock, { force: true });
  }
  return false;
}

/** Removes files of the build that no build has written since. */
function clearOut(folder, before) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) clearOut(path, before);
    else if (statSync(path).mtimeMs < before) rmSync(path, { force: true });
  }
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function newerThan(path, time) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (stat.mtimeMs > time) return true;
  return stat.isDirectory() && readdirSync(path).some((name) => newerThan(join(path, name), time));
}
