import { describe, expect, test } from 'vitest';
import { countCells, readCellKeys, readOutline } from '../../../src-main/store/cells.ts';
import { insertPromotion } from '../../../src-main/store/promotions.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { commandRun, openServices } from '../tracking/support.ts';

const all = { newestFirst: true, kinds: null, experimentId: null, text: '' };

/** Runs, commits (one of them with data and params), a note and a promotion, many at one moment. */
function fill() {
  const services = openServices();
  const { store, tracking } = services;
  const db = store.db;
  const commit = db.prepare(
    "INSERT INTO commits (oid, parents, author, authored_at, committed_at, subject, body) VALUES (?, '', 'Ada', 0, ?, ?, '')",
  );
  for (let n = 0; n < 6; n++) commit.run(String(n).repeat(40), 1000 + Math.floor(n / 3), `No ${n}`);
  const change = db.prepare(
    "INSERT INTO commit_changes (oid, kind, path, key, after) VALUES (?, ?, ?, '', 'x')",
  );
  change.run('2'.repeat(40), 'data', 'data/Größe.csv');
  change.run('3'.repeat(40), 'param', 'params.yaml');
  db.prepare("INSERT INTO commit_refs VALUES ('main', ?)").run('5'.repeat(40));
  const ids = [1, 2].map((n) => {
    const { id } = tracking.createRun(commandRun({ experiment: `exp ${n}`, note: `Note ${n}` }));
    db.prepare('UPDATE runs SET created_at = 1000 WHERE id = ?').run(id);
    return id;
  });
  db.prepare("INSERT INTO notes VALUES ('n', 1000, 1000, 'Thoughts', NULL)").run();
  db.prepare("INSERT INTO notes VALUES ('gone', 1000, 1000, 'Thoughts', 5)").run();
  db.prepare(
    "INSERT INTO registered_models (name, created_at, updated_at) VALUES ('m', 0, 0)",
  ).run();
  const promotion = { at: 1000, change: 'alias', name: 'm', version: 1 } as const;
  insertPromotion(store, { ...promotion, value: 'champion', before: '' });
  return { ...services, ids };
}

function pages(store: Store, limit: number, newestFirst: boolean): string[] {
  const found: string[] = [];
  for (let after: ReturnType<typeof readCellKeys>[number] | null = null; ; ) {
    const page = readCellKeys(store, { ...all, newestFirst, after, limit });
    found.push(...page.map((key) => `${key.kind}:${key.id}`));
    const last = page.at(-1);
    if (last === undefined) return found;
    after = last;
  }
}

describe('the order of cells', () => {
  test.each([true, false])('is the same in pages of any size and in the outline', (newestFirst) => {
    const { store } = fill();
    const outline = readOutline(store, { ...all, newestFirst });
    const keys = outline.map((cell) => `${cell.kind}:${cell.id}`);
    expect(keys).toHaveLength(11);
    expect(new Set(keys).size).toBe(11);
    expect(countCells(store, all)).toBe(11);
    for (const limit of [1, 2, 5, 100]) expect(pages(store, limit, newestFirst)).toEqual(keys);
    const at = outline.map((cell) => cell.at * (newestFirst ? -1 : 1));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    // What came of a commit stands above it where the newest is above.
    const data = keys.indexOf(`data:${'2'.repeat(40)}`) - keys.indexOf(`commit:${'2'.repeat(40)}`);
    expect(Math.sign(data)).toBe(newestFirst ? -1 : 1);
  });

  test('marks the commits in which nothing happened', () => {
    const quiet = readOutline(fill().store, all).filter((cell) => cell.quiet === 1);
    expect(quiet.map((cell) => cell.id[0])).toEqual(['4', '2', '1', '0']);
  });
});

describe('filters', () => {
  const found = (store: Store, change: Partial<typeof all> | { kinds: string[] }): string[] =>
    readOutline(store, { ...all, ...change }).map((cell) => cell.kind);

  test('narrow to kinds, to an experiment, to words in any case', () => {
    const { store, tracking, ids } = fill();
    const experimentId = tracking.get(ids[0] as string).experimentId;
    expect(found(store, { kinds: ['note', 'promotion'] })).toEqual(['promotion', 'note']);
    expect(readOutline(store, { ...all, experimentId }).map((cell) => cell.id)).toEqual([ids[0]]);
    expect(found(store, { text: 'THOUGHTS' })).toEqual(['note']);
    expect(found(store, { text: 'champ' })).toEqual(['promotion']);
    expect(found(store, { text: 'data/' })).toEqual(['data']);
    expect(found(store, { text: "'; DROP TABLE runs; --" })).toEqual([]);
    expect(countCells(store, { ...all, text: 'note 2' })).toBe(1);
  });
});
