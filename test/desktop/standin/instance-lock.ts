/** The lock of the one instance: a file with its process id, and beside it what later ones ask for. */
import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Takes the lock of `folder`, or hands `message` to the process that has it. */
export function takeLock(
  folder: string,
  message: unknown,
  onMessage: (message: unknown) => void,
): boolean {
  const file = join(folder, 'standin-lock');
  const inbox = join(folder, 'standin-inbox');
  mkdirSync(inbox, { recursive: true });
  if (isHeld(file)) {
    writeFileSync(join(inbox, `${process.pid}.tmp`), JSON.stringify(message), { flag: 'wx' });
    return false;
  }
  writeFileSync(file, String(process.pid));
  process.once('exit', () => rmSync(file, { force: true }));
  const read = () => {
    for (const name of readdirSync(inbox)) {
      const path = join(inbox, name);
      const text = readFileSync(path, 'utf8');
      if (text === '') continue;
      rmSync(path);
      onMessage(JSON.parse(text));
    }
  };
  watch(inbox, read);
  return true;
}

function isHeld(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
