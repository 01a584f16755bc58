/** What a command loads before it does anything: it is paid for at every start. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** Modules of this program and packages that are imported at once, with the way to each. */
function loadedBy(entry: string): Map<string, string> {
  const ways = new Map<string, string>();
  const visit = (file: string, way: string): void => {
    if (ways.has(file)) return;
    ways.set(file, way);
    const text = readFileSync(file, 'utf8');
    // `import { type A, b } from`, `import 'x'` and `export … from`, but nothing that is only types.
    const statements = text.matchAll(
      /^(?:import|export)\s+(?!type\b)(?:([^'";]*?)\sfrom\s+)?'([^']+)';/gm,
    );
    for (const [, names = '', from = ''] of statements) {
      const listed = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
      const onlyTypes = listed
        ?.split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .every((name) => name.startsWith('type '));
      if (onlyTypes === true) continue;
      const next = from.startsWith('.') ? resolve(dirname(file), from) : from;
      const step = `${way} → ${from.startsWith('.') ? relative(root, next) : from}`;
      if (from.startsWith('.') && existsSync(next)) visit(next, step);
      else if (!ways.has(next)) ways.set(next, step);
    }
  };
  visit(join(root, entry), entry);
  return ways;
}

it.each([
  'src-main/shells/cli/index.ts',
  'src-main/shells/cli/program.ts',
  'src-main/shells/cli/session.ts',
  'src-main/shells/cli/commands/run.ts',
  'src-main/shells/cli/commands/list.ts',
  'src-main/shells/cli/commands/status.ts',
  'src-main/shells/cli/commands/runner.ts',
  'src-main/app.ts',
  'src-main/api/session.ts',
])('%s loads neither schemas nor isomorphic-git', (entry) => {
  const ways = loadedBy(entry);
  expect(ways.get('zod')).toBeUndefined();
  expect(ways.get('isomorphic-git')).toBeUndefined();
});
