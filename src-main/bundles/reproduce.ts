/** Running a bundle again elsewhere, with a verdict for every output. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { type HashCache, hashDirectory, hashPath } from '../cas/index.ts';
import type { ReproduceReport } from '../contract/bundles.ts';
import type { Environment } from '../contract/runs.ts';
import { type CompareTensors, compareFiles } from './compare.ts';
import { environmentDifferences } from './environment.ts';
import { type BundleContent, type BundleRecord, names, parseRecord } from './layout.ts';
import { expandHome } from './private.ts';
import { clearFolder, requireEmptyFolder, unpack } from './unpack.ts';
import { verifyBundle } from './verify.ts';
import { Archive } from './zip-reader.ts';

/** How the run ended in the new folder. */
export interface Execution {
  readonly exitCode: number | null;
  readonly log: string;
  readonly environment: Environment | null;
}

export interface ReproduceServices {
  readonly cache: HashCache;
  readonly compareTensors: CompareTensors;
  /** Absolute home folder of the user. */
  readonly home: string;
  /** Runs what the record describes in `folder`, and waits for its end. */
  readonly execute: (folder: string, record: BundleRecord) => Promise<Execution>;
}

type Verdict = ReproduceReport['outputs'][number];

/**
 * Verifies, unpacks, runs, compares. When it fails or is cancelled, no folder is left behind.
 * @param into absolute folder, new or empty; a new temporary one when null
 * @throws CairnError `corrupt` when the bundle does not verify: nothing of it is run then
 */
export async function reproduceBundle(
  path: string,
  into: string | null,
  tolerance: number,
  services: ReproduceServices,
  work: Work = {},
): Promise<ReproduceReport> {
  const started = Date.now();
  const report = await verifyBundle(path, work);
  if (!report.ok) {
    const first = report.problems[0];
    throw new CairnError(
      'corrupt',
      `The bundle is not as it was written (${first?.path}: ${first?.detail}), so nothing of it was run. “cairn verify” says more.`,
    );
  }
  if (into !== null) await requireEmptyFolder(into);
  const isNew = into === null || !existsSync(into);
  const archive = await Archive.open(path);
  const expected = await mkdtemp(join(tmpdir(), 'cairn-expected-'));
  const folder = into ?? (await mkdtemp(join(tmpdir(), 'cairn-reproduce-')));
  try {
    const record = await readRecord(archive);
    await unpack(archive, names.project, folder, work);
    await unpack(archive, names.outputs, expected, work);
    const execution = await services.execute(folder, {
      ...record,
      spec: expandHome(record.spec, services.home),
    });
    const outputs = await judgeAll(record, folder, expected, tolerance, services, work);
    const asItWas = execution.exitCode === record.run.exitCode;
    return {
      ok:
        asItWas && outputs.every((one) => one.verdict !== 'different' && one.verdict !== 'missing'),
      folder,
      exitCode: execution.exitCode,
      durationMs: Date.now() - started,
      outputs,
      environment: environmentDifferences(record.environment, execution.environment),
      log: execution.log,
    };
  } catch (error) {
    await clearFolder(folder, isNew);
    throw error;
  } finally {
    archive.close();
    await rm(expected, { recursive: true, force: true });
  }
}

async function readRecord(archive: Archive): Promise<BundleRecord> {
  const entry = archive.find(names.record);
  if (entry === undefined) {
    throw new CairnError('invalid', `${archive.path} does not say how it was run.`);
  }
  return parseRecord((await archive.read(entry)).toString('utf8'));
}

async function judgeAll(
  record: BundleRecord,
  folder: string,
  expected: string,
  tolerance: number,
  services: ReproduceServices,
  work: Work,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const total = record.outputs.length;
  for (const [done, output] of record.outputs.entries()) {
    work.onProgress?.({ phase: 'Comparing', done, total, unit: 'items' });
    verdicts.push(await judge(output, folder, expected, tolerance, services, work));
  }
  return verdicts;
}

async function judge(
  output: BundleContent,
  folder: string,
  expectedFolder: string,
  tolerance: number,
  services: ReproduceServices,
  work: Work,
): Promise<Verdict> {
  const verdict = (
    verdict: Verdict['verdict'],
    actual: string | null,
    detail: string,
  ): Verdict => ({
    path: output.path,
    verdict,
    expected: output.hash,
    actual,
    detail,
  });
  const absolute = join(folder, output.path);
  if (output.hash === null) return verdict('skipped', null, 'its content was never recorded');
  const actual = await hashPath(absolute, { cache: services.cache, ...work });
  if (actual === null) return verdict('missing', null, 'the run did not make it');
  if (actual.hash === output.hash) return verdict('identical', actual.hash, '');
  if (!output.included) {
    return verdict('different', actual.hash, 'the bytes differ; the original is not in the bundle');
  }
  const original = join(expectedFolder, output.path);
  const compare = (left: string, right: string) =>
    compareFiles(left, right, tolerance, services.compareTensors, work);
  if (!output.hash.endsWith('.dir') && actual.files === null) {
    const found = await compare(original, absolute);
    return verdict(found.verdict, actual.hash, found.detail);
  }
  const found = await compareDirectories(original, absolute, services.cache, compare, work);
  return verdict(found.verdict, actual.hash, found.detail);
}

async function compareDirectories(
  expected: string,
  actual: string,
  cache: HashCache,
  compare: (left: string, right: string) => ReturnType<typeof compareFiles>,
  work: Work,
): ReturnType<typeof compareFiles> {
  if (!existsSync(expected)) return { verdict: 'different', detail: 'a file became a directory' };
  const [left, right] = await Promise.all(
    [expected, actual].map(async (folder) => {
      const kind = await hashPath(folder, { cache, ...work });
      if (kind === null || kind.files === null) return null;
      const { entries } = await hashDirectory(folder, { cache, ...work });
      return new Map(entries.map((entry) => [entry.path, entry.hash]));
    }),
  );
  if (!left || !right)
    return { verdict: 'different', detail: 'one is a file, the other a directory' };
  const gone = [...left.keys()].filter((path) => !right.has(path));
  const extra = [...right.keys()].filter((path) => !left.has(path));
  if (gone.length > 0) return { verdict: 'different', detail: `not made: ${firstOf(gone)}` };
  if (extra.length > 0) return { verdict: 'different', detail: `made besides: ${firstOf(extra)}` };
  let close = 0;
  for (const [path, hash] of left) {
    if (right.get(path) === hash) continue;
    const found = await compare(join(expected, path), join(actual, path));
    if (found.verdict === 'different') return { ...found, detail: `${path}: ${found.detail}` };
    close += 1;
  }
  return {
    verdict: 'within tolerance',
    detail: `${close} of ${left.size} files differ, all within tolerance`,
  };
}

function firstOf(paths: readonly string[]): string {
  return paths.length === 1 ? `${paths[0]}` : `${paths[0]} and ${paths.length - 1} more`;
}
