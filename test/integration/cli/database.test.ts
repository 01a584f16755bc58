/** A run index that is damaged, locked, foreign or too new: refused, and left as it is. */
import {
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { Cairn, expectRefusal, gitProject } from '../../support/cairn.ts';

/** A trusted folder with one run, and its database without a journal. */
async function recorded(cairn: Cairn): Promise<{ folder: string; file: string }> {
  const folder = gitProject({ 'a.txt': 'a\n' });
  expect((await cairn.run(folder, 'run', '--', 'echo', 'kept')).code).toBe(0);
  const file = join(folder, '.cairn', 'cairn.db');
  change(file, (db) => db.pragma('wal_checkpoint(TRUNCATE)'));
  return { folder, file };
}

function change(file: string, how: (db: Database.Database) => void): void {
  const db = new Database(file);
  how(db);
  db.close();
}

const damages: [string, RegExp, (file: string) => void][] = [
  ['truncated', /is damaged; it was left untouched/, (file) => truncateSync(file, 5000)],
  ['cut within its header', /is damaged/, (file) => truncateSync(file, 60)],
  ['emptied', /is empty, but runs were recorded beside it/, (file) => truncateSync(file, 0)],
  ['not a database', /is damaged/, (file) => writeFileSync(file, 'something else\n'.repeat(99))],
  ['overwritten in the middle', /is damaged/, overwrite],
  ['from a newer version', /written by a newer Cairn \(format 999/, makeNewer],
  ['of another program', /a database of another program/, makeForeign],
];

function overwrite(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 8192, bytes.length - 4096);
  writeFileSync(file, bytes);
}

function makeNewer(file: string): void {
  change(file, (db) => db.pragma('user_version = 999'));
}

function makeForeign(file: string): void {
  rmSync(file);
  change(file, (db) => db.exec('CREATE TABLE runs (something)'));
}

test.each(damages)('a database %s', async (_name, what, damage) => {
  const cairn = new Cairn();
  const { folder, file } = await recorded(cairn);
  const copy = `${file}.copy`;
  cpSync(file, copy);
  damage(file);
  const before = readFileSync(file);
  for (const args of [['ls'], ['open'], ['run', '--', 'touch', 'ran']]) {
    expectRefusal(await cairn.run(folder, ...args), what);
  }
  expect(existsSync(join(folder, 'ran'))).toBe(false);
  expect(readFileSync(file).equals(before)).toBe(true);
  // What the message advises helps: the copy put back, everything is there.
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  cpSync(copy, file);
  expect((await cairn.run(folder, 'log', '01.1')).stdout).toBe('kept\n');
});

test('a database moved aside makes room for a new one', async () => {
  const cairn = new Cairn();
  const { folder, file } = await recorded(cairn);
  rmSync(file);
  expect((await cairn.run(folder, 'run', '--', 'echo', 'new')).code).toBe(0);
  expect((await cairn.run(folder, 'log', '01.1')).stdout).toBe('new\n');
});

test('a database locked by another program is waited for, then named; reading goes on', async () => {
  const cairn = new Cairn();
  const { folder, file } = await recorded(cairn);
  const holder = new Database(file);
  try {
    holder.exec('BEGIN IMMEDIATE');
    expect((await cairn.run(folder, 'ls')).stdout).toContain('01.1');
    // Released within the time a writer waits: nobody notices.
    const waiting = cairn.run(folder, 'run', '--', 'echo', 'after');
    setTimeout(() => holder.exec('COMMIT'), 1500);
    expect(await waiting).toMatchObject({ code: 0, stdout: 'after\n' });
    holder.exec('BEGIN IMMEDIATE');
    const refused = await cairn.run(folder, 'run', '--', 'touch', 'ran');
    expectRefusal(refused, /Another program has held .*cairn\.db locked/);
    expect(existsSync(join(folder, 'ran'))).toBe(false);
    holder.exec('COMMIT');
  } finally {
    holder.close();
  }
  const { rows } = await cairn.json<{ rows: unknown[] }>(folder, 'ls');
  expect(rows).toHaveLength(2);
  expect(statSync(file).size).toBeGreaterThan(0);
}, 60_000);
