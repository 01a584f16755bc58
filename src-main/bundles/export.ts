/** One file with which a colleague reproduces a run. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { Omission } from '../contract/bundles.ts';
import type { Output } from '../contract/index.ts';
import type { RunDetail, RunSpec } from '../contract/runs.ts';
import { type Collected, type Collection, type ContentSources, collect } from './collect.ts';
import { crateMetadata } from './crate/crate.ts';
import { addExecuted } from './executed.ts';
import { type BundleRecord, formatVersion, names } from './layout.ts';
import { type Curves, metricsCsv } from './metrics-file.ts';
import { hideMachine, type Machine, requirements, withoutPrivate } from './private.ts';
import { reproduceReadme } from './readme.ts';
import { stageFolders } from './stage-folders.ts';
import { writeZip } from './zip-writer.ts';

/** Everything the export is made from. */
export interface ExportSources extends ContentSources, Machine {
  readonly run: RunDetail;
  readonly spec: RunSpec;
  readonly params: BundleRecord['params'];
  readonly curves: Curves;
  /** Absolute folder of what the run logged as artifacts. */
  readonly artifacts: string;
  readonly programVersion: string;
}

/** What would go in, without writing anything. */
export async function previewBundle(sources: ExportSources): Promise<Output<'bundles.preview'>> {
  const collection = await collectAll(sources, new Set());
  const files = collection.files.map(({ entry, role, size, tracked = null }) => ({
    path: entry.name,
    size,
    role,
    available: true,
    tracked,
  }));
  const missing = collection.omitted.map(({ path, size, role }) => ({
    path,
    size,
    role,
    available: false,
    tracked: null,
  }));
  return { files: [...files, ...missing], suggestedName: suggestedName(sources.run) };
}

/**
 * Writes the bundle; nothing is left behind when it fails or is cancelled.
 * @param output absolute path
 * @throws CairnError `exists` unless `overwrite`, `invalid` for a run that has not ended
 */
export async function exportBundle(
  sources: ExportSources,
  output: string,
  options: { leaveOut: readonly string[]; overwrite: boolean },
  work: Work = {},
): Promise<Output<'bundles.export'>> {
  const { run, spec, params } = withoutPrivate(sources.run, sources.spec, sources.params, sources);
  if (run.status === 'RUNNING' || run.status === 'SCHEDULED') {
    throw new CairnError('invalid', `${run.label} is still running. Export it when it has ended.`);
  }
  if (existsSync(output) && !options.overwrite) {
    throw new CairnError(
      'exists',
      `${output} is there already. Choose another name, or replace it.`,
    );
  }
  work.onProgress?.({ phase: 'Collecting', done: 0, total: 0, unit: 'items' });
  const collection = await collectAll(sources, new Set(options.leaveOut), work);
  const record = toRecord(run, spec, params, collection);
  const readme = reproduceReadme(run, record, basename(output), stageFolders(run, sources.code));
  const files = [...collection.files, ...documents(run, sources, record, readme)];
  await mkdir(dirname(output), { recursive: true });
  const written = await writeZip(
    output,
    files.map((file) => file.entry),
    (hashes) => {
      const described = [...hashes].map(([name, file]) => ({ name, ...file }));
      const text = crateMetadata(run, spec, record, described, sources.programVersion);
      return [{ name: names.crate, source: { bytes: Buffer.from(text) } }];
    },
    work,
  );
  const { bytes, files: count } = written;
  return { path: output, bytes, files: count, omitted: omissions(collection) };
}

async function collectAll(
  sources: ExportSources,
  leaveOut: ReadonlySet<string>,
  work: Work = {},
): Promise<Collection> {
  const { run, spec } = sources;
  const collection = await collect(run, sources, leaveOut, work);
  if (spec.kind !== 'notebook') return collection;
  const copy = join(sources.artifacts, basename(spec.path));
  return addExecuted(collection, copy, leaveOut, hideMachine(run, spec, sources));
}

function toRecord(
  run: RunDetail,
  spec: RunSpec,
  params: BundleRecord['params'],
  collection: Collection,
): BundleRecord {
  return {
    format: formatVersion,
    run: {
      id: run.id,
      label: run.label,
      name: run.name,
      kind: run.kind,
      status: run.status,
      command: run.command,
      cwd: run.cwd,
      note: run.note,
      createdAt: run.createdAt,
      startedAt: run.startedAt,
      endedAt: run.endedAt,
      exitCode: run.exitCode,
      snapshot: run.snapshot,
      baseCommit: run.baseCommit,
    },
    spec,
    stages: run.executions.map(({ stage, command, state }) => ({ stage, command, state })),
    params,
    inputs: [...collection.inputs],
    outputs: [...collection.outputs],
    omitted: omissions(collection),
    environment: run.environment,
  };
}

function documents(
  run: RunDetail,
  sources: ExportSources,
  record: BundleRecord,
  readme: string,
): Collected[] {
  const text = (name: string, content: string, role: Collected['role']): Collected => ({
    entry: { name, source: { bytes: Buffer.from(content) } },
    role,
    size: Buffer.byteLength(content),
  });
  const made = [
    text(names.readme, readme, 'record'),
    text(names.record, `${JSON.stringify(record, null, 2)}\n`, 'record'),
    text(names.metrics, metricsCsv(sources.curves), 'record'),
  ];
  if (run.environment !== null) {
    made.push(
      text(names.environment, `${JSON.stringify(run.environment, null, 2)}\n`, 'environment'),
    );
    const lines = requirements(sources.run, sources.root);
    if (lines.length > 0) {
      made.push(text(names.requirements, `${lines.join('\n')}\n`, 'environment'));
    }
  }
  return made;
}

function suggestedName(run: RunDetail): string {
  const name = run.name.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
  return `${run.label}-${name}.zip`;
}

/** As reports and the record in the bundle list them. */
function omissions({ omitted }: Collection): Omission[] {
  return omitted.map(({ path, size, reason }) => ({ path, size, reason }));
}
