/** `cairn diff FILE FILE`: each kind of file in its own way, and what is refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal } from '../../support/cairn.ts';
import { tempFolder } from '../../support/temp.ts';

const notebook = (rate: string, text: string) =>
  JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      {
        ...{ cell_type: 'code', id: 'a', metadata: {}, execution_count: 1 },
        ...{
          source: `fit(lr=${rate})`,
          outputs: [{ output_type: 'stream', name: 'stdout', text }],
        },
      },
    ],
  });

function write(folder: string, files: Record<string, string | Buffer>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

test('notebooks, tables, values and texts are told apart, and nothing speaks to the terminal', async () => {
  const folder = tempFolder();
  const cairn = new Cairn();
  write(folder, {
    ...{ 'a.ipynb': notebook('0.1', 'loss 1\n'), 'b.ipynb': notebook('0.3', '\u001b[2Jloss 2\n') },
    ...{ 'a.csv': 'id,x\n1,a\n2,b\n', 'b.csv': 'id,x\n2,c\n3,d\n' },
    ...{ 'a.yaml': 'lr: 1 # one\n', 'b.yaml': 'lr: 2\n' },
    ...{ 'a.txt': 'one\n', 'b.txt': 'two\n' },
    ...{ 'same/a.bin': Buffer.of(1, 0), 'same/b.bin': Buffer.of(1, 0) },
  });
  const diff = async (...args: string[]) => {
    const ended = await cairn.run(folder, 'diff', ...args);
    expect(ended.code, ended.stderr).toBe(0);
    return ended.stdout;
  };
  const cells = await diff('a.ipynb', 'b.ipynb');
  expect(cells).toContain('cell 1 (code): modified');
  expect(cells).toMatch(/\+fit\(lr=0\.3\)/);
  expect(cells).not.toContain('\u001b');
  const rows = await diff('a.csv', 'b.csv');
  expect(rows).toContain('2 → 2 rows by id: 1 added, 1 removed, 1 changed, 0 the same');
  expect(rows).toContain('x: b → c');
  expect(await diff('a.yaml', 'b.yaml')).toMatch(/lr\s+modified\s+1\s+2/);
  expect(await diff('--as', 'text', 'a.yaml', 'b.yaml')).toContain('-lr: 1 # one');
  expect(await diff('a.txt', 'b.txt')).toContain('+two');
  expect(await diff('same/a.bin', 'same/b.bin')).toContain('byte by byte');
  const json = await cairn.json(folder, 'diff', 'a.csv', 'b.csv');
  expect(json).toMatchObject({ rows: { added: 1, removed: 1, modified: 1 }, key: ['id'] });
});

test('what cannot be read ends in a sentence', async () => {
  const folder = tempFolder();
  const cairn = new Cairn();
  write(folder, { 'a.csv': '"open', 'b.csv': 'id\n1\n' });
  expectRefusal(await cairn.run(folder, 'diff', 'a.csv', 'b.csv'), /quoted cell does not end/);
  expectRefusal(await cairn.run(folder, 'diff', '--as', 'magic', 'a.csv', 'b.csv'), /--as takes/);
});
