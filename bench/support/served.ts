/** A made-up workspace that the built program serves, and how measured times are printed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../../src-main/store/index.ts';
import { openWorkspace } from '../../src-main/workspace/index.ts';

const built = process.env.CAIRN_TEST_OUT ?? join(import.meta.dirname, '../../out');
const rounds = 5;

export interface Served extends Disposable {
  /** The window's address, with its token; views stand behind a `#`. */
  readonly url: string;
  /** Its store, opened beside the program, for what comes while it runs; the caller closes it. */
  openStore(): Store;
}

/** Serves a new folder whose store `fill` writes; as {@link serveFolder}. */
export function serveFilled(fill: (store: Store) => void): Promise<Served> {
  return serveFolder((_folder, openStore) => {
    const store = openStore();
    fill(store);
    store.close();
  });
}

/**
 * Serves a new folder that `prepare` fills; it is gone when it is disposed of. The program must have
 * been built (`npm run build`).
 */
export async function serveFolder(
  prepare: (folder: string, openStore: () => Store) => void,
): Promise<Served> {
  const base = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  const remove = (): void => rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  const folder = join(base, 'project');
  const folders = {
    data: join(base, 'data'),
    cache: join(base, 'cache'),
    config: join(base, 'config'),
  };
  const openStore = (): Store => Store.open(openWorkspace(folder, folders).storePath);
  mkdirSync(folder);
  let server: ChildProcess | null = null;
  try {
    prepare(folder, openStore);
    const env = {
      ...process.env,
      CAIRN_DATA_DIR: folders.data,
      CAIRN_CACHE_DIR: folders.cache,
      CAIRN_CONFIG_DIR: folders.config,
    };
    const child = spawn(process.execPath, [join(built, 'main/cli.js'), '--json', 'serve', folder], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    server = child;
    const url = await addressOf(child, /http:\/\/127[^"\s]+/);
    return {
      url,
      openStore,
      [Symbol.dispose]: () => {
        child.kill();
        remove();
      },
    };
  } catch (error) {
    server?.kill();
    remove();
    throw error;
  }
}

/**
 * Waits until a server prints its address, to either stream.
 * @throws when it ends before, with what it printed
 */
export function addressOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const look = (chunk: Buffer): void => {
      text += chunk;
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}: ${text}`)));
  });
}

/** Measures some rounds and prints the median with the range, ms, and whether that meets the aim. */
export async function report(
  what: string,
  aim: number,
  measure: (round: number) => Promise<number>,
): Promise<void> {
  const took: number[] = [];
  for (let round = 1; round <= rounds; round++) took.push(await measure(round));
  const median = say(what, took);
  process.stdout.write(`  aim ${aim} ms: ${median <= aim ? 'met' : 'missed'}\n`);
}

/** Prints the median and the range, ms; gives the median. */
export function say(what: string, took: readonly number[]): number {
  const sorted = [...took].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const range = `${(sorted[0] ?? 0).toFixed(0)} to ${(sorted.at(-1) ?? 0).toFixed(0)}`;
  process.stdout.write(`${what}: ${median.toFixed(0)} ms (${range})\n`);
  return median;
}
