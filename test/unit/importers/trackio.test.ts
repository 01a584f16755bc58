import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { trackio } from '../../../src-main/importers/trackio/index.ts';
import { survivesDamage } from '../../support/damage.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/trackio');

async function read(version: string) {
  const root = tempFolder();
  cpSync(join(fixtures, version, 'penguins.db'), join(root, 'penguins.db'));
  const gathering = new Gathering();
  const sources = await gathering.read(trackio, root);
  return { root, file: join(root, 'penguins.db'), gathering, sources };
}

describe.each(['trackio-0.2.9', 'trackio-0.20.0', 'trackio-0.43.0'])(
  'a project of %s',
  (version) => {
    const expected = JSON.parse(
      readFileSync(join(fixtures, version, 'expected.json'), 'utf8').replace(
        /(?<!")(NaN|-?Infinity)(?!")/g,
        '"$1"',
      ),
    ) as [string, number, Record<string, unknown>][];
    const hasConfigs = version !== 'trackio-0.2.9';

    it('is read with every number it logged', async () => {
      const { sources, gathering, root, file } = await read(version);
      expect(sources).toEqual(['penguins.db']);
      expect(gathering.skipped.size).toBe(0);
      const first = gathering.runs.get('first');
      expect(first).toMatchObject({ experiment: 'penguins', name: 'first' });
      const rows = expected.filter(([name]) => name === 'first');
      const points = rows.flatMap(([, step, row]) =>
        'train/loss' in row ? [[step, row['train/loss']]] : [],
      );
      const series = (key: string) => first?.series[key]?.map(([step, , value]) => [step, value]);
      expect(series('train/loss')).toEqual(points);
      expect(series('val/acc')).toHaveLength(points.length);
      expect(series('flag')?.slice(0, 2)).toEqual([
        [0, 1],
        [1, 0],
      ]);
      expect(series('nan')?.[0]).toEqual([100, Number.NaN]);
      expect(series('inf')?.[0]).toEqual([100, -Infinity]);
      expect(first?.series).not.toHaveProperty('text');
      if (hasConfigs) {
        expect(first?.params).toMatchObject({ 'net.depth': '3', name: '十' });
        expect(gathering.runs.get('second')?.params.lr).toBe('0.25');
      }
      expect(Math.abs((first?.endedAt ?? 0) - statSync(file).mtimeMs)).toBeLessThan(1e12);
      expect(first?.endedAt).toBeGreaterThanOrEqual(first?.startedAt ?? Infinity);
      await gathering.read(trackio, root);
      expect(gathering.handedOver).toBe(0);
    });

    it('is read on while its writer has it open, and left as it is', async () => {
      const { gathering, root, file } = await read(version);
      const writer = new Database(file);
      writer.pragma('journal_mode = WAL');
      const columns = writer.pragma('table_info(metrics)') as { name: string }[];
      const id = columns.some(({ name }) => name === 'run_id');
      const insert = writer.prepare(
        `INSERT INTO metrics (${id ? 'run_id, ' : ''}timestamp, run_name, step, metrics)
       SELECT ${id ? 'run_id, ' : ''}timestamp, run_name, 200, '{"train/loss": 0.001}'
       FROM metrics WHERE run_name = 'first' LIMIT 1`,
      );
      insert.run();
      const before = readFileSync(file);
      const names = readdirSync(root);
      await gathering.read(trackio, root);
      expect(gathering.handedOver).toBe(1);
      expect(gathering.runs.get('first')?.series['train/loss']?.at(-1)).toEqual([
        200,
        expect.any(Number),
        0.001,
      ]);
      expect(readFileSync(file).equals(before)).toBe(true);
      expect(readdirSync(root)).toEqual(names);
      writer.prepare("DELETE FROM metrics WHERE run_name = 'first'").run();
      if (hasConfigs) writer.prepare("DELETE FROM configs WHERE run_name = 'first'").run();
      await gathering.read(trackio, root);
      expect(gathering.runs.has('first')).toBe(false);
      writer.close();
    });

    it('survives any damage', async () => {
      const { root, file } = await read(version);
      await survivesDamage(trackio, root, file, 25);
    });
  },
);

it('tells two runs of one name apart', async () => {
  const { gathering } = await read('trackio-0.43.0');
  expect([...gathering.runs.keys()]).toHaveLength(3);
  const others = [...gathering.runs.values()].filter((run) => run.name === 'second');
  expect(others.map((run) => run.params.lr)).toEqual(['0.25', '0.0625']);
});

it('keeps the runs of a database that gets ids for them', async () => {
  const { gathering, root, file } = await read('trackio-0.2.9');
  const before = gathering.runs.get('second')?.series['train/loss'];
  const db = new Database(file);
  db.exec(
    "ALTER TABLE metrics ADD COLUMN run_id TEXT; UPDATE metrics SET run_id = 'id of ' || run_name",
  );
  db.close();
  await gathering.read(trackio, root);
  expect([...gathering.runs.keys()]).toEqual(['first', 'second']);
  expect(gathering.runs.get('second')?.series['train/loss']).toEqual(before);
});

it('leaves other databases alone', async () => {
  const root = tempFolder();
  const db = new Database(join(root, 'app.db'));
  db.exec('CREATE TABLE metrics (id INTEGER, name TEXT)');
  db.close();
  expect(await new Gathering().read(trackio, root)).toEqual([]);
});

it('says which rows make no sense', async () => {
  const { gathering, root, file } = await read('trackio-0.43.0');
  const db = new Database(file);
  const insert = db.prepare(
    "INSERT INTO metrics (run_id, timestamp, run_name, step, metrics) VALUES ('x', 'when?', 'odd', 1, ?)",
  );
  insert.run('{"loss": 1');
  insert.run('x'.repeat(5 << 20));
  insert.run(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`);
  insert.run('{"loss": 2, "image": {"_type": "trackio.image", "file_path": "../../etc/passwd"}}');
  insert.run('{"image": {"_type": "trackio.image", "file_path": "penguins/odd/1/a.png"}}');
  db.close();
  await gathering.read(trackio, root);
  expect([...gathering.skipped.values()]).toEqual([
    expect.stringMatching(/not the JSON/),
    expect.stringMatching(/larger than 4 MB/),
  ]);
  const odd = gathering.runs.get('odd');
  expect(odd?.series.loss?.map(([step, , value]) => [step, value])).toEqual([[1, 2]]);
  expect(odd?.media).toMatchObject([
    { kind: 'image', key: 'image', path: 'media/penguins/odd/1/a.png' },
  ]);
});
