/** Where the file of a worker thread is: beside the program when built, in `workers/` in a checkout. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Absolute path of a thread's entry.
 * @param name without extension: `tensor-worker`
 * @param from folder of the code that asks; for tests
 */
export function threadEntry(name: string, from: string = import.meta.dirname): string {
  // Bundled code runs in out/main or in out/main/chunks, sources in src-main/base.
  const built = [join(from, `${name}.js`), join(from, '..', `${name}.js`)];
  return built.find((path) => existsSync(path)) ?? join(from, '..', 'workers', `${name}.ts`);
}
