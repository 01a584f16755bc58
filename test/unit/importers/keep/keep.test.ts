import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepRuns, measureRuns } from '../../../../src-main/importers/index.ts';
import { flushFolders } from '../../../../src-main/importers/keep/copy.ts';
import { mlruns } from '../../../../src-main/importers/mlruns/index.ts';
import { layOutMlruns } from '../../../support/mlflow-files.ts';
import { everything, sourcesOf } from '../../../support/sources.ts';
import { tempFolder } from '../../../support/temp.ts';

const finished = { includeRunning: false };

/** MLflow's folder, read, with an artifact of the first finished run. */
async function open() {
  const root = tempFolder();
  layOutMlruns(root, '3.12.0');
  const sources = sourcesOf(root, [mlruns]);
  await sources.read();
  const rows = () => sources.all(everything) as Record<string, string | null>[];
  const run = rows().find((row) => row.status === 'FINISHED' && row.artifact_root !== null);
  if (run === undefined) throw new Error('no finished run');
  const folder = join(root, run.artifact_root as string);
  rmSync(folder, { recursive: true });
  mkdirSync(join(folder, 'model', 'deep'), { recursive: true });
  writeFileSync(join(folder, 'model', 'deep', 'weights.bin'), 'w'.repeat(70_000));
  writeFileSync(join(folder, 'figure 图.png'), 'drawn');
  const storeDir = tempFolder();
  const context = { store: sources.store, storeDir, root, within: root };
  const [source] = sources.all('SELECT id FROM sources') as [{ id: number }];
  const id = run.id as string;
  const kept = join(storeDir, 'artifacts', id);
  return { root, sources, rows, id, folder, context, wanted: { sources: [source.id] }, kept };
}

describe('runs that are taken into the store', () => {
  it('need their folder no more, and are not read from it again', async () => {
    const { root, sources, rows, id, context, wanted, kept } = await open();
    const before = rows();
    const measured = await measureRuns(context, wanted, finished, {});
    const done = await keepRuns(context, wanted, finished, {});
    expect(done).toEqual(measured);
    expect(done.runs).toContain(id);
    expect(done.running).toBe(before.filter((row) => row.status === 'RUNNING').length);
    expect(done.runs).toHaveLength(before.length - done.running);
    expect(readFileSync(join(kept, 'model', 'deep', 'weights.bin'))).toHaveLength(70_000);
    expect(readFileSync(join(kept, 'figure 图.png'), 'utf8')).toBe('drawn');
    const after = rows();
    const still = (list: typeof after) =>
      list.map((row) => ({
        ...row,
        artifact_root: done.runs.includes(row.id as string) ? null : row.artifact_root,
      }));
    expect(after).toEqual(still(before));

    // Whatever the source says now is not about them.
    const [param] = readdirSync(join(root, 'mlruns'), { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.includes(`${id}/params/`),
    );
    writeFileSync(join(root, 'mlruns', param as string), 'changed');
    await sources.read({ force: true, thorough: true });
    expect(rows()).toEqual(after);
    rmSync(join(root, 'mlruns'), { recursive: true });
    await sources.read();
    expect(rows()).toEqual(after);
    expect(
      sources.all('SELECT gone_at FROM run_sources WHERE kept_at IS NOT NULL AND gone_at > 0'),
    ).toEqual([]);
    expect(readFileSync(join(kept, 'figure 图.png'), 'utf8')).toBe('drawn');
  });

  it('are not doubled when their folder comes back under another name', async () => {
    const { root, sources, rows, context, wanted } = await open();
    await keepRuns(context, wanted, { includeRunning: true }, {});
    const after = rows();
    renameSync(join(root, 'mlruns'), join(root, 'moved'));
    await sources.read();
    expect(rows()).toEqual(after);
  });

  it('are left alone while they go on, unless asked for', async () => {
    const { rows, context, wanted } = await open();
    const first = await keepRuns(context, wanted, finished, {});
    expect(first.running).toBeGreaterThan(0);
    const second = await keepRuns(context, wanted, { includeRunning: true }, {});
    expect(second.runs).toHaveLength(first.running);
    expect(rows().every((row) => row.artifact_root === null)).toBe(true);
    expect((await keepRuns(context, wanted, { includeRunning: true }, {})).runs).toEqual([]);
  });

  it('stay as they were when it is cut short, and the next time goes on', async () => {
    const { rows, id, folder, context, kept } = await open();
    const before = rows();
    const closing = new AbortController();
    const cut = keepRuns(context, { runs: [id] }, finished, {
      signal: closing.signal,
      onProgress: ({ phase }) => {
        if (phase === 'copy') closing.abort();
      },
    });
    await expect(cut).rejects.toThrow(/abort/i);
    expect(rows()).toEqual(before);
    const copied = readdirSync(kept, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(copied).toHaveLength(1);
    // As a kill leaves it: half a file under a name of its own.
    writeFileSync(join(kept, '.cairn-0123456789abcdef.part'), 'half');
    const [first] = copied;
    const there = join(first?.parentPath ?? '', first?.name ?? '');
    const { bytes, files } = await keepRuns(context, { runs: [id] }, finished, {});
    expect({ bytes, files }).toEqual({ bytes: 70_005, files: 2 });
    expect(existsSync(there)).toBe(true);
    expect(existsSync(join(kept, '.cairn-0123456789abcdef.part'))).toBe(false);
    rmSync(folder, { recursive: true });
    expect(readFileSync(join(kept, 'model', 'deep', 'weights.bin'), 'utf8')).toBe(
      'w'.repeat(70_000),
    );
  });

  it('take nothing that a link, or a path of the source, leads to elsewhere', async () => {
    const { root, sources, id, folder, context, kept } = await open();
    const secret = tempFolder();
    writeFileSync(join(secret, 'key'), 'secret');
    symlinkSync(join(secret, 'key'), join(folder, 'stolen'));
    symlinkSync(join(folder, 'figure 图.png'), join(folder, 'last'));
    const done = await keepRuns(context, { runs: [id] }, finished, {});
    expect(done.problems).toEqual([expect.stringMatching(/^stolen was left out/)]);
    expect(readFileSync(join(kept, 'last'), 'utf8')).toBe('drawn');
    expect(existsSync(join(kept, 'stolen'))).toBe(false);

    const others = sources
      .all('SELECT id FROM runs WHERE artifact_root IS NOT NULL ORDER BY number LIMIT 4')
      .map((row) => row.id as string);
    const roots = [secret, '', `s3://bucket/x`, `file://${secret}`];
    for (const [at, other] of others.entries()) {
      const set = sources.store.prepare('UPDATE runs SET artifact_root = ? WHERE id = ?');
      set.run(at === 0 ? join('..', secret.slice(root.lastIndexOf('/') + 1)) : roots[at], other);
    }
    const rest = await keepRuns(context, { runs: others }, { includeRunning: true }, {});
    expect(rest.files).toBe(0);
    expect(rest.problems).toHaveLength(others.length);
    for (const problem of rest.problems) expect(problem).toMatch(/stay there, since/);
  });

  it('leave the folder of another run to that one', async () => {
    const { sources, id, folder, context, rows } = await open();
    const other = rows().find((row) => row.id !== id)?.id as string;
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'inner', 'mine'), '12');
    const inner = `${rows().find((row) => row.id === id)?.artifact_root}/inner`;
    sources.store.prepare('UPDATE runs SET artifact_root = ? WHERE id = ?').run(inner, other);
    const outer = await measureRuns(context, { runs: [id] }, finished, {});
    expect(outer.files).toBe(2);
    const done = await keepRuns(context, { runs: [other] }, { includeRunning: true }, {});
    expect(done).toMatchObject({ files: 1, bytes: 2 });
  });
});

it('does not try to flush folders on Windows', async () => {
  await flushFolders(['/nowhere at all'], 'win32');
  await expect(flushFolders(['/nowhere at all'], 'linux')).rejects.toThrow(/ENOENT/);
});
