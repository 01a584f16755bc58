import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { exportMetrics, exportRuns } from '../../src-main/exports/index.ts';
import { tempFolder } from '../support/temp.ts';
import { commandRun, openServices } from './tracking/support.ts';

/** Two runs: what is a number in one and a text in the other, a NaN, an infinity, odd names. */
function twoRuns() {
  const services = openServices();
  const { tracking } = services;
  const make = (name: string) =>
    tracking.createRun(
      commandRun({ command: 'x "1,2"', experiment: 'e', name, note: 'two\nlines' }),
    ).id;
  const [one, two] = [make('first, "run"'), make('第二')];
  tracking.setParams(one, [
    { file: '', key: 'lr', value: '1e-05' },
    { file: '', key: 'opt', value: '3' },
  ]);
  tracking.setParams(two, [{ file: '', key: 'opt', value: 'adam' }]);
  tracking.appendMetrics(one, [
    { key: 'loss', step: 0, time: 1000, value: 0.1 },
    { key: 'loss', step: 1, time: 2500, value: Number.NaN },
    { key: 'acc', step: 1, time: 2500, value: Number.POSITIVE_INFINITY },
  ]);
  return { ...services, ids: [one, two] };
}

async function readParquet(path: string) {
  return parquetReadObjects({ file: await asyncBufferFromFile(path) });
}

describe('runs', () => {
  it('go to CSV with a column for each param and metric', async () => {
    const { tracking, ids } = twoRuns();
    const path = join(tempFolder(), 'deep', 'runs.csv');
    const made = await exportRuns(tracking, ids, { path, format: 'csv', overwrite: false });
    const text = readFileSync(path, 'utf8');
    expect(made).toEqual({ path, rows: 2, bytes: Buffer.byteLength(text) });
    expect(text.split('\n')[0]).toBe(
      'run,id,experiment,name,status,kind,started,ended,command,note,params.lr,params.opt,metrics.acc,metrics.loss',
    );
    expect(text).toContain('"first, ""run"""');
    expect(text).toContain('"two\nlines",0.00001,3,inf,NaN\n');
    expect(text).toContain('第二');
    expect(text).toMatch(/"two\nlines",,adam,,\n$/);
  });

  it('go to Parquet with numbers as numbers, and no value as null', async () => {
    const { tracking, ids } = twoRuns();
    const path = join(tempFolder(), 'runs.parquet');
    await exportRuns(tracking, ids, { path, format: 'parquet', overwrite: false });
    const rows = await readParquet(path);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      run: '01.1',
      'params.lr': 1e-5,
      'params.opt': '3',
      'metrics.acc': Number.POSITIVE_INFINITY,
      'metrics.loss': Number.NaN,
    });
    expect(rows[1]).toMatchObject({ name: '第二', 'params.opt': 'adam' });
    expect(rows[1]?.['metrics.loss'] ?? null).toBeNull();
    expect(rows[1]?.['params.lr'] ?? null).toBeNull();
  });

  it('never take the place of a file unasked, and leave nothing half written', async () => {
    const { tracking, ids } = twoRuns();
    const folder = tempFolder();
    const path = join(folder, 'runs.csv');
    writeFileSync(path, 'mine');
    const target = { path, format: 'csv', overwrite: false } as const;
    await expect(exportRuns(tracking, ids, target)).rejects.toThrow(/exists already/);
    const aborted = { signal: AbortSignal.abort() };
    await expect(
      exportRuns(tracking, ids, { ...target, overwrite: true }, aborted),
    ).rejects.toThrow();
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(folder)).toEqual(['runs.csv']);
    await exportRuns(tracking, ids, { ...target, overwrite: true });
    expect(readFileSync(path, 'utf8')).not.toBe('mine');
  });

  it('may be none at all', async () => {
    const { tracking } = twoRuns();
    const path = join(tempFolder(), 'none.parquet');
    await exportRuns(tracking, [], { path, format: 'parquet', overwrite: false });
    expect(await readParquet(path)).toEqual([]);
    expect(existsSync(path)).toBe(true);
  });
});

describe('points', () => {
  it('are a row each, of the metrics asked for', async () => {
    const { tracking, store, ids } = twoRuns();
    const path = join(tempFolder(), 'points.parquet');
    const target = { path, format: 'parquet', overwrite: false } as const;
    const made = await exportMetrics({ store, tracking }, ids, ['loss'], target);
    expect(made.rows).toBe(2);
    expect(await readParquet(path)).toEqual([
      { run: '01.1', id: ids[0], key: 'loss', step: 0, time: new Date(1000), value: 0.1 },
      { run: '01.1', id: ids[0], key: 'loss', step: 1, time: new Date(2500), value: Number.NaN },
    ]);
  });

  it('fill more than one group of rows', async () => {
    const { tracking, store, ids } = twoRuns();
    const many = Array.from({ length: 120_000 }, (_, step) => ({
      key: 'm',
      step,
      time: step,
      value: step / 7,
    }));
    tracking.appendMetrics(ids[1] as string, many);
    const path = join(tempFolder(), 'many.parquet');
    await exportMetrics({ store, tracking }, ids, ['m'], {
      path,
      format: 'parquet',
      overwrite: false,
    });
    const rows = await readParquet(path);
    expect(rows).toHaveLength(120_000);
    expect(rows[119_999]).toMatchObject({ step: 119_999, value: 119_999 / 7 });
  });
});
