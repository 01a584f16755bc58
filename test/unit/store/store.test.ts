import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { Store } from '../../../src-main/store/index.ts';
import { tempFolder } from '../../support/temp.ts';

it('creates, reopens and keeps what it was told', () => {
  const path = join(tempFolder(), 'deep', 'cairn.db');
  const store = Store.open(path);
  store.transaction(() => store.prepare("INSERT INTO settings VALUES ('a', '1')").run());
  store.close();
  const again = Store.open(path);
  expect(again.prepare("SELECT value FROM settings WHERE key = 'a'").get()).toEqual({ value: '1' });
  again.close();
});

it('notices what another connection wrote', () => {
  const path = join(tempFolder(), 'cairn.db');
  const [one, two] = [Store.open(path), Store.open(path)];
  const before = one.dataVersion();
  two.transaction(() => two.prepare("INSERT INTO settings VALUES ('a', '1')").run());
  expect(one.dataVersion()).not.toBe(before);
  one.close();
  two.close();
});

it('refuses a database from a newer Cairn and leaves it as it was', () => {
  const path = join(tempFolder(), 'cairn.db');
  const db = new Database(path);
  db.exec('CREATE TABLE future (x)');
  db.pragma('user_version = 999');
  db.close();
  const before = readFileSync(path);
  expect(() => Store.open(path)).toThrow(/newer Cairn.*Update/);
  expect(readFileSync(path)).toEqual(before);
});

it('refuses a file that is not a database, and one cut in the middle, and leaves them as they were', () => {
  const folder = tempFolder();
  const text = join(folder, 'text.db');
  writeFileSync(text, 'not a database, but long enough to have a header of its own'.repeat(20));
  const before = readFileSync(text);
  expect(() => Store.open(text)).toThrow(/damaged.*untouched/);
  expect(readFileSync(text)).toEqual(before);

  const cut = join(folder, 'cut.db');
  const store = Store.open(cut);
  for (let i = 0; i < 200; i++) {
    store.prepare('INSERT INTO settings VALUES (?, ?)').run(`k${i}`, 'v'.repeat(500));
  }
  store.db.pragma('wal_checkpoint(TRUNCATE)');
  store.close();
  truncateSync(cut, 8192);
  expect(() => Store.open(cut).prepare('SELECT count(*) FROM settings').get()).toThrow();
});

it('rolls the whole transaction back when a part of it fails', () => {
  const store = Store.open(join(tempFolder(), 'cairn.db'));
  expect(() =>
    store.transaction(() => {
      store.prepare("INSERT INTO settings VALUES ('a', '1')").run();
      throw new Error('half way');
    }),
  ).toThrow('half way');
  expect(store.prepare('SELECT count(*) AS n FROM settings').get()).toEqual({ n: 0 });
  store.close();
});
