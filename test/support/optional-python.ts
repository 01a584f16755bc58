/** The Python with the frameworks that weigh gigabytes: there where somebody asked for it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const folder = resolve(root, '.venv/torch');
const program = process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';

/**
 * Its interpreter, made by `node scripts/venv.mjs torch`; null where it was not made, or of a list
 * that has changed since.
 */
export function torchPython(): string | null {
  const list = readFileSync(resolve(root, 'test/interop/requirements-torch.txt'));
  try {
    const stamp = readFileSync(resolve(folder, '.requirements-sha256'), 'utf8').trim();
    const isCurrent = stamp === createHash('sha256').update(list).digest('hex');
    return isCurrent ? resolve(folder, program) : null;
  } catch {
    return null;
  }
}
