import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mlflowDb } from '../../../src-main/importers/mlflow-db/index.ts';
import { mlruns } from '../../../src-main/importers/mlruns/index.ts';
import { parseMetricLines } from '../../../src-main/importers/mlruns/metric-lines.ts';
import { readOneSeries, readPoints } from '../../../src-main/store/metrics.ts';
import { survivesDamage } from '../../support/damage.ts';
import { layOutDatabase, layOutMlruns, mlflowVersions } from '../../support/mlflow-files.ts';
import { everything, type SourcesUnderTest, sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const both = mlflowVersions.flatMap((version) => [
  { version, form: 'files' as const },
  { version, form: 'database' as const },
]);

function layOut(root: string, { version, form }: (typeof both)[number]): void {
  if (form === 'files') layOutMlruns(root, version);
  else layOutDatabase(join(root, 'mlflow.db'), version);
}

function pointsOf({ store }: SourcesUnderTest, run: string, key: string): number[][] {
  const id = store.prepare<[string], { id: string }>('SELECT id FROM runs WHERE name = ?').get(run);
  const series = readOneSeries(store, id?.id ?? '', key);
  if (series === undefined) return [];
  const { steps, times, values } = readPoints(store, series.id);
  return [...steps.keys()].map((at) => [steps[at] ?? 0, times[at] ?? 0, values[at] ?? 0]);
}

/** The folder of a run among those of the store of files. */
function folderOf(root: string, name: string): string {
  for (const experiment of readdirSync(join(root, 'mlruns'))) {
    for (const run of readdirSync(join(root, 'mlruns', experiment))) {
      const folder = join(root, 'mlruns', experiment, run);
      const tag = join(folder, 'tags', 'mlflow.runName');
      if (statSync(tag, { throwIfNoEntry: false }) === undefined) continue;
      if (readFileSync(tag, 'utf8') === name) return folder;
    }
  }
  throw new Error(`no run ${name}`);
}

describe.each(both)('the $form of MLflow $version', (which) => {
  const { version, form } = which;

  it('are read whole, in the order of the runs', async () => {
    const root = tempFolder();
    layOut(root, which);
    const sources = sourcesOf(root, [mlruns, mlflowDb]);
    expect(await sources.read()).toHaveLength(8);
    const rows = sources.all(everything);
    const start = 1_600_000_000_000;
    expect(
      rows.map((row) => [row.label, row.experiment, row.name, row.status, row.deleted]),
    ).toEqual([
      ['1.1', 'penguins: the "1st", & others', 'try 0', 'FINISHED', 0],
      ['1.2', 'penguins: the "1st", & others', 'try 1', 'FAILED', 0],
      [
        '1.3',
        'penguins: the "1st", & others',
        'try 2',
        version === '1.0.0' ? 'FAILED' : 'KILLED',
        0,
      ],
      ['1.4', 'penguins: the "1st", & others', 'parent', 'RUNNING', 0],
      ['1.5', 'penguins: the "1st", & others', 'child', 'FINISHED', 0],
      ['1.6', 'penguins: the "1st", & others', 'dropped', 'RUNNING', 1],
      ['2.1', 'Default', 'odd numbers', 'FINISHED', 0],
      ['3.1', 'closed', 'of a deleted experiment', 'RUNNING', 1],
    ]);
    expect(rows[0]).toMatchObject({
      started_at: start,
      ended_at: start + 25_000,
      command: 'train.py',
      user_name: 'ada',
      base_commit: '0123456789abcdef0123456789abcdef01234567',
    });
    expect(JSON.parse(String(rows[1]?.params))).toEqual({
      lr: '0.05',
      'model/depth': '1',
      note: 'línea é 企鹅',
      batch: '32',
    });
    expect(rows[4]?.parent_id).toBe(rows[3]?.id);
    expect(rows[6]?.note).toBe('Values that are **odd**.');
    expect(
      sources.all("SELECT t.value FROM tags t JOIN names n ON n.id = t.name WHERE n.name = 'team'"),
    ).toContainEqual({ value: 'blue\nand green' });
    expect(sources.all('SELECT * FROM source_items WHERE problem IS NOT NULL')).toEqual([]);
  });

  it('are read with every point', async () => {
    const root = tempFolder();
    layOut(root, which);
    const sources = sourcesOf(root, [mlruns, mlflowDb]);
    await sources.read();
    const start = 1_600_000_000_000;
    const loss = Array.from({ length: 20 }, (_, step) => [
      step,
      start + step * 1000,
      1 / (step + 2),
    ]);
    expect(pointsOf(sources, 'try 1', 'loss')).toEqual(loss);
    expect(pointsOf(sources, 'try 1', 'val/acc')).toEqual([[19, start + 20_000, 0.6]]);
    expect(pointsOf(sources, 'odd numbers', 'back')).toEqual([
      [-5, start + 50, 3],
      [7, start + 10, 4],
    ]);
    const odd = version === '1.0.0' ? [] : [Infinity, -Infinity, Number.NaN];
    expect(pointsOf(sources, 'odd numbers', 'weird').map(([, , value]) => value)).toEqual([
      1,
      1e308,
      -1e-300,
      ...odd,
    ]);
  });

  it('are left alone when nothing has changed, and come out the same when read again', async () => {
    const root = tempFolder();
    layOut(root, which);
    const sources = sourcesOf(root, [mlruns, mlflowDb]);
    await sources.read();
    const before = sources.all(everything);
    expect(await sources.read()).toEqual([]);
    const version = sources.store.dataVersion();
    expect(await sources.read()).toEqual([]);
    expect(sources.store.dataVersion()).toBe(version);
    expect(await sources.read({ force: true })).toHaveLength(8);
    expect(sources.all(everything)).toEqual(before);
  });

  it.runIf(version === '2.22.1' || version === '3.12.0')('name the datasets', async () => {
    const root = tempFolder();
    layOut(root, which);
    const sources = sourcesOf(root, [mlruns, mlflowDb]);
    await sources.read();
    expect(
      sources.all(
        'SELECT d.name, d.digest, d.source_type, d.source, d.schema, x.tags FROM datasets d JOIN run_datasets x ON x.dataset_id = d.id',
      ),
    ).toEqual([
      {
        name: 'penguins.csv',
        digest: 'abc123',
        source_type: 'local',
        source: '{"uri": "penguins.csv"}',
        schema: '{"a": "double"}',
        tags: '{"mlflow.data.context":"training"}',
      },
    ]);
  });

  it.runIf(form === 'files')('know their artifacts where the folder is now', async () => {
    const root = tempFolder();
    layOut(root, which);
    mkdirSync(join(root, 'old'));
    renameSync(join(root, 'mlruns'), join(root, 'old/runs-of-2019'));
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    const artifactRoot = String(sources.all(everything)[0]?.artifact_root);
    expect(artifactRoot).toMatch(/^old\/runs-of-2019\/\d+\/[0-9a-f]{32}\/artifacts$/);
    expect(readFileSync(join(root, artifactRoot, 'docs/report.txt'), 'utf8')).toBe('all is well\n');
  });
});

describe('a folder of runs that go on', () => {
  it('gives new points, and the last line when it is whole', async () => {
    const root = tempFolder();
    layOutMlruns(root, '3.12.0');
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    const [parent] = sources.all("SELECT id FROM runs WHERE name = 'parent'");
    const file = join(folderOf(root, 'parent'), 'metrics/going');
    appendFileSync(file, '1600000211500 2.5 1\n1600000211');
    expect(await sources.read()).toEqual([parent?.id]);
    expect(pointsOf(sources, 'parent', 'going').map(([step]) => step)).toEqual([0, 1]);
    appendFileSync(file, '900 3.5 2\n');
    expect(await sources.read()).toEqual([parent?.id]);
    expect(pointsOf(sources, 'parent', 'going')).toEqual([
      [0, 1_600_000_211_000, 1],
      [1, 1_600_000_211_500, 2.5],
      [2, 1_600_000_211_900, 3.5],
    ]);
    const meta = join(folderOf(root, 'parent'), 'meta.yaml');
    writeFileSync(
      meta,
      readFileSync(meta, 'utf8')
        .replace('status: 1', 'status: 3')
        .replace('end_time: null', 'end_time: 1600000300000'),
    );
    await sources.read();
    expect(sources.all("SELECT status, ended_at FROM runs WHERE name = 'parent'")).toEqual([
      { status: 'FINISHED', ended_at: 1_600_000_300_000 },
    ]);
    expect(pointsOf(sources, 'parent', 'going')).toHaveLength(3);
  });

  it('finds new runs, and what became of those that are not there any more', async () => {
    const root = tempFolder();
    layOutMlruns(root, '1.30.1');
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    const copy = join(root, 'mlruns/0', 'a'.repeat(32));
    cpSync(folderOf(root, 'odd numbers'), copy, { recursive: true });
    writeFileSync(join(copy, 'tags/mlflow.runName'), 'a copy');
    writeFileSync(
      join(copy, 'meta.yaml'),
      readFileSync(join(copy, 'meta.yaml'), 'utf8').replace(
        'run_name: odd numbers',
        'run_name: a copy',
      ),
    );
    expect(await sources.read()).toEqual(['a'.repeat(32)]);
    rmSync(copy, { recursive: true });
    await sources.read();
    expect(sources.all('SELECT run_id FROM run_sources WHERE gone_at IS NOT NULL')).toEqual([
      { run_id: 'a'.repeat(32) },
    ]);
    expect(sources.all("SELECT count(*) AS n FROM runs WHERE name = 'a copy'")).toEqual([{ n: 1 }]);
    rmSync(join(root, 'mlruns'), { recursive: true });
    await sources.read();
    expect(sources.all('SELECT gone_at IS NOT NULL AS gone FROM sources')).toEqual([{ gone: 1 }]);
    expect(sources.all('SELECT count(*) AS n FROM runs')).toEqual([{ n: 9 }]);
    layOutMlruns(root, '1.30.1');
    await sources.read();
    expect(sources.all('SELECT gone_at FROM sources')).toEqual([{ gone_at: null }]);
  });

  it('sees a tag written over in a run that is over when it looks closely', async () => {
    const root = tempFolder();
    layOutMlruns(root, '2.22.1');
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    const tag = join(folderOf(root, 'try 0'), 'tags/team');
    writeFileSync(tag, 'red');
    utimesSync(tag, new Date(), new Date(Date.now() + 10_000));
    expect(await sources.read()).toEqual([]);
    const team = `SELECT t.value FROM tags t JOIN names n ON n.id = t.name JOIN runs r ON r.seq = t.run
      WHERE n.name = 'team' AND r.name = 'try 0'`;
    expect(sources.all(team)).toEqual([{ value: 'blue\nand green' }]);
    await sources.read({ thorough: true });
    expect(sources.all(team)).toEqual([{ value: 'red' }]);
    expect(await sources.read({ thorough: true })).toEqual([]);
  });
});

describe('a database that grows', () => {
  it('gives what was added behind the last row read', async () => {
    const root = tempFolder();
    layOutDatabase(join(root, 'mlflow.db'), '3.12.0');
    const sources = sourcesOf(root, [mlflowDb]);
    await sources.read();
    const before = sources.all(everything);
    const db = new Database(join(root, 'mlflow.db'));
    const { id } = db.prepare("SELECT run_uuid AS id FROM runs WHERE name = 'parent'").get() as {
      id: string;
    };
    db.prepare(
      'INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)',
    ).run('going', 7.5, 1_600_000_212_000, id, 1);
    db.prepare("INSERT INTO params (key, value, run_uuid) VALUES ('late', 'yes', ?)").run(id);
    db.close();
    expect(await sources.read()).toEqual([id]);
    expect(pointsOf(sources, 'parent', 'going').map(([step, , value]) => [step, value])).toEqual([
      [0, 1],
      [1, 7.5],
    ]);
    const after = sources.all(everything);
    expect(JSON.parse(String(after[3]?.params))).toEqual({ late: 'yes' });
    expect(after.filter((row) => row.id !== id)).toEqual(before.filter((row) => row.id !== id));
  });

  it('is read again from the beginning after rows were removed', async () => {
    const root = tempFolder();
    layOutDatabase(join(root, 'mlflow.db'), '2.22.1');
    const sources = sourcesOf(root, [mlflowDb]);
    await sources.read();
    const db = new Database(join(root, 'mlflow.db'));
    const { id } = db.prepare("SELECT run_uuid AS id FROM runs WHERE name = 'try 0'").get() as {
      id: string;
    };
    db.pragma('foreign_keys = OFF');
    for (const table of ['metrics', 'latest_metrics', 'params', 'tags', 'runs']) {
      db.prepare(`DELETE FROM ${table} WHERE run_uuid = ?`).run(id);
    }
    db.exec('VACUUM');
    db.close();
    const before = sources.all(everything);
    await sources.read();
    expect(sources.all(everything)).toEqual(before);
    expect(
      sources.all('SELECT run_id, gone_at IS NOT NULL AS gone FROM run_sources WHERE gone_at > 0'),
    ).toEqual([{ run_id: id, gone: 1 }]);
  });

  it.each(['delete', 'wal'])('is not touched with a journal of the kind “%s”', async (mode) => {
    const root = tempFolder();
    const file = join(root, 'mlflow.db');
    layOutDatabase(file, '3.12.0');
    const db = new Database(file);
    db.pragma(`journal_mode = ${mode}`);
    db.prepare("UPDATE runs SET name = 'renamed' WHERE name = 'try 0'").run();
    const bytes = () =>
      readdirSync(root).map((name) => [name, readFileSync(join(root, name)).toString('base64')]);
    const before = bytes();
    const sources = sourcesOf(root, [mlflowDb]);
    await sources.read();
    expect(bytes()).toEqual(before);
    expect(sources.all("SELECT count(*) AS n FROM runs WHERE name = 'renamed'")).toEqual([
      { n: 1 },
    ]);
    db.close();
  });

  it('says why it cannot be read, and is read when it can', async () => {
    const root = tempFolder();
    const file = join(root, 'mlflow.db');
    writeFileSync(file, 'SQLite format 3\0 and nothing more');
    const sources = sourcesOf(root, [mlflowDb]);
    await sources.read();
    expect(String(sources.all('SELECT problem FROM sources')[0]?.problem)).toContain('mlflow.db');
    rmSync(file);
    new Database(file).exec('CREATE VIEW runs AS SELECT 1 AS run_uuid').close();
    await sources.read();
    expect(sources.all('SELECT problem FROM sources')[0]?.problem).toContain('no tables of MLflow');
    rmSync(file);
    layOutDatabase(file, '1.0.0');
    await sources.read();
    expect(sources.all('SELECT problem, (SELECT count(*) FROM runs) AS runs FROM sources')).toEqual(
      [{ problem: null, runs: 8 }],
    );
  });
});

describe('a run that is found twice', () => {
  it('is one run, with what each says', async () => {
    const root = tempFolder();
    layOutMlruns(join(root, 'a'), '3.12.0');
    cpSync(join(root, 'a'), join(root, 'b'), { recursive: true });
    const other = folderOf(join(root, 'b'), 'try 0');
    writeFileSync(join(other, 'params/only-here'), 'yes');
    writeFileSync(join(other, 'params/lr'), '99');
    writeFileSync(join(other, 'metrics/extra'), '1600000000000 0.5 0\n');
    writeFileSync(join(other, 'metrics/loss'), '1600000000000 0.5 0\n');
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    expect(sources.all('SELECT count(*) AS n FROM runs')).toEqual([{ n: 8 }]);
    expect(sources.all('SELECT count(*) AS n FROM run_sources')).toEqual([{ n: 16 }]);
    const [run] = sources.all(everything);
    expect(JSON.parse(String(run?.params))).toMatchObject({ lr: '0.1', 'only-here': 'yes' });
    expect(pointsOf(sources, 'try 0', 'loss')).toHaveLength(20);
    expect(pointsOf(sources, 'try 0', 'extra')).toHaveLength(1);
    const before = sources.all(everything);
    await sources.read({ force: true });
    expect(sources.all(everything)).toEqual(before);
    // The second goes on with what it brought, and only with that.
    const meta = join(other, 'meta.yaml');
    writeFileSync(meta, readFileSync(meta, 'utf8').replace('status: 3', 'status: 1'));
    await sources.read();
    appendFileSync(join(other, 'metrics/extra'), '1600000001000 0.75 1\n');
    appendFileSync(join(other, 'metrics/loss'), '1600000001000 0.75 1\n');
    await sources.read();
    expect(pointsOf(sources, 'try 0', 'extra').map(([, , value]) => value)).toEqual([0.5, 0.75]);
    expect(pointsOf(sources, 'try 0', 'loss')).toHaveLength(20);
    expect(sources.all(everything)[0]?.status).toBe('FINISHED');
  });
});

describe('what the user changed', () => {
  it('stays when the source is read again', async () => {
    const root = tempFolder();
    layOutMlruns(root, '3.12.0');
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    sources.store.db.exec(
      `UPDATE runs SET name = 'mine', note = 'seen' WHERE name = 'try 0';
       UPDATE runs SET deleted_at = NULL WHERE name = 'dropped';
       UPDATE runs SET deleted_at = 5 WHERE name = 'try 1';`,
    );
    await sources.read({ force: true });
    expect(
      sources.all(
        "SELECT name, note, deleted_at FROM runs WHERE name IN ('mine', 'dropped', 'try 1') ORDER BY name",
      ),
    ).toEqual([
      { name: 'dropped', note: '', deleted_at: null },
      { name: 'mine', note: 'seen', deleted_at: null },
      { name: 'try 1', note: '', deleted_at: 5 },
    ]);
  });

  it('does not keep new runs from joining the experiment of the same name', async () => {
    const root = tempFolder();
    layOutMlruns(root, '3.12.0');
    const sources = sourcesOf(root, [mlruns]);
    sources.store.db.exec(
      "INSERT INTO experiments (id, number, name, created_at) VALUES ('x', 7, 'Default', 0)",
    );
    await sources.read();
    expect(sources.all(everything).map((row) => row.label)).toContain('7.1');
    expect(sources.all(everything).map((row) => row.label)).toContain('8.1');
  });
});

describe('hostile folders', () => {
  it('cannot lead out of the folder by links', async () => {
    const root = tempFolder();
    const outside = tempFolder();
    writeFileSync(join(outside, 'secret'), 'secret');
    layOutMlruns(root, '3.12.0');
    const run = folderOf(root, 'try 0');
    symlinkSync(join(outside, 'secret'), join(run, 'params/secret'));
    symlinkSync(outside, join(run, 'params/folder'));
    rmSync(join(run, 'meta.yaml'));
    symlinkSync(join(outside, 'secret'), join(run, 'meta.yaml'));
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    expect(sources.all("SELECT * FROM params WHERE value = 'secret'")).toEqual([]);
    expect(sources.all('SELECT count(*) AS n FROM runs')).toEqual([{ n: 7 }]);
  });

  it('with YAML bombs cost nothing but the run', async () => {
    const root = tempFolder();
    layOutMlruns(root, '3.12.0');
    const letters = 'abcdefghij';
    const bomb = [...letters].map((name, at) => {
      const before = at === 0 ? '"lol"' : `*${letters[at - 1]}`;
      return `${name}: &${name} [${Array(10).fill(before).join(', ')}]`;
    });
    writeFileSync(join(folderOf(root, 'try 0'), 'meta.yaml'), bomb.join('\n'));
    const sources = sourcesOf(root, [mlruns]);
    const begun = performance.now();
    await sources.read();
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(sources.all('SELECT count(*) AS n FROM runs')).toEqual([{ n: 7 }]);
    const problems = sources.all('SELECT problem FROM source_items WHERE problem IS NOT NULL');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.problem).toContain('could not be read');
  });

  it('with twelve thousand columns and endless names are read', async () => {
    const root = tempFolder();
    layOutMlruns(root, '3.12.0');
    const run = folderOf(root, 'try 0');
    const deep = Array(12).fill('k'.repeat(245)).join('/');
    mkdirSync(join(run, 'params', deep), { recursive: true });
    writeFileSync(join(run, 'params', deep, '🐧'), 'x');
    for (let at = 0; at < 6000; at++) {
      writeFileSync(join(run, 'params', `param ${at}`), String(at));
      writeFileSync(join(run, 'metrics', `metric ${at}`), `1600000000000 ${at} 0\n`);
    }
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    const [found] = sources.all(everything);
    const params = JSON.parse(String(found?.params)) as Record<string, string>;
    expect(Object.keys(params)).toHaveLength(6005);
    expect(params[`${deep}/🐧`]).toBe('x');
    expect(JSON.parse(String(found?.metrics))).toHaveLength(6002);
  });
  it('with keys of ten thousand characters in a database are read', async () => {
    const root = tempFolder();
    const file = join(root, 'mlflow.db');
    layOutDatabase(file, '3.12.0');
    const key = '🐧'.repeat(5000);
    const db = new Database(file);
    db.prepare("UPDATE params SET key = ?, value = ? WHERE key = 'lr'").run(key, 'v'.repeat(1e6));
    db.prepare("UPDATE metrics SET key = ?, timestamp = 'soon' WHERE key = 'val/acc'").run(key);
    db.prepare("UPDATE runs SET start_time = 'never' WHERE name = 'child'").run();
    db.close();
    const sources = sourcesOf(root, [mlflowDb]);
    await sources.read();
    const found = sources.all(everything).find((row) => row.name === 'try 0');
    expect((JSON.parse(String(found?.params)) as Record<string, string>)[key]).toHaveLength(1e6);
    expect(pointsOf(sources, 'try 0', key)).toEqual([[19, 0, 0.5]]);
    expect(sources.all('SELECT count(*) AS n FROM runs')).toEqual([{ n: 8 }]);
  });
});

describe('damaged files', () => {
  it.each(['meta.yaml', 'metrics/loss', 'params/lr', 'inputs'])('%s of a run', async (name) => {
    const root = tempFolder();
    layOutMlruns(root, '3.12.0');
    const run = folderOf(root, 'try 0');
    const inputs = name === 'inputs' ? readdirSync(join(run, 'inputs')) : [];
    const file = join(run, name, ...inputs.flatMap((id) => [id, 'meta.yaml']));
    await survivesDamage(mlruns, root, file, 15);
  });

  it('a database', async () => {
    const root = tempFolder();
    layOutDatabase(join(root, 'mlflow.db'), '1.30.1');
    await survivesDamage(mlflowDb, root, join(root, 'mlflow.db'), 30);
  });

  it('lines of metrics, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, complete) => {
        const { points, whole } = parseMetricLines(text, complete);
        expect(whole).toBeLessThanOrEqual(text.length);
        expect(points.steps.every(Number.isFinite)).toBe(true);
        expect(points.times.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('lines of metrics, cut anywhere: the rest goes on where the first part ended', () => {
    const point = fc.tuple(fc.nat(), fc.double(), fc.integer());
    fc.assert(
      fc.property(fc.array(point), fc.nat(), (points, at) => {
        const written = (value: number) => (Number.isNaN(value) ? 'nan' : String(value));
        const text = points
          .map(([time, value, step]) => `${time} ${written(value)} ${step}\n`)
          .join('');
        const first = parseMetricLines(text.slice(0, at % (text.length + 1)), false);
        const second = parseMetricLines(text.slice(first.whole), true);
        const values = [...first.points.values, ...second.points.values];
        expect(values).toEqual(points.map(([, value]) => (Object.is(value, -0) ? 0 : value)));
        expect([...first.points.steps, ...second.points.steps]).toEqual(
          points.map(([, , step]) => step),
        );
      }),
    );
  });
});
