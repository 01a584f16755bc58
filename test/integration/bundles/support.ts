/** A bundle made of a small run, without a store or Git behind it. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import yazl from 'yazl';
import { type ExportSources, exportBundle } from '../../../src-main/bundles/index.ts';
import { Archive } from '../../../src-main/bundles/zip-reader.ts';
import { writeZip } from '../../../src-main/bundles/zip-writer.ts';
import { HashCache, ObjectStore } from '../../../src-main/cas/index.ts';
import type { RunDetail, RunFile } from '../../../src-main/contract/runs.ts';
import type { CodeStore } from '../../../src-main/git/index.ts';
import { tempFolder } from '../../support/temp.ts';

export const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Writes files below a folder, making what is above them. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export interface MadeRun {
  readonly folder: string;
  readonly sources: ExportSources;
}

/**
 * @param code files of the snapshot
 * @param outputs files in the folder that the run is said to have written
 */
export function makeRun(
  code: Readonly<Record<string, string>>,
  outputs: Readonly<Record<string, string>>,
  argv: readonly string[] = ['python3', 'make.py'],
): MadeRun {
  const folder = tempFolder();
  write(folder, { ...code, ...outputs });
  const cache = HashCache.open(join(folder, '..', `${folder.split('/').pop()}-cache`, 'hashes.db'));
  onTestFinished(() => cache.close());
  const files = Object.entries(outputs).map(
    ([path, text]): RunFile => ({
      path,
      hash: md5(text),
      size: text.length,
      files: null,
      role: 'out',
      stage: '',
      available: true,
    }),
  );
  return {
    folder,
    sources: {
      run: runOf(argv, files),
      spec: { kind: 'command', argv: [...argv], cwd: '.', metricsFiles: [] },
      params: [{ file: 'params.yaml', key: 'lr', value: '0.1' }],
      curves: [],
      artifacts: join(folder, 'artifacts'),
      programVersion: '0.0.0',
      root: folder,
      home: '/home/ada',
      user: 'ada',
      code: codeStore(code),
      objects: [new ObjectStore(join(folder, 'objects', 'files', 'md5'))],
      cache,
      logPath: (stage) => join(folder, 'logs', `${stage || 'command'}.log`),
    },
  };
}

/** Exports it. @returns the path of the bundle */
export async function bundleOf(made: MadeRun, leaveOut: string[] = []): Promise<string> {
  const path = join(made.folder, 'bundle.zip');
  await exportBundle(made.sources, path, { leaveOut, overwrite: true });
  return path;
}

function runOf(argv: readonly string[], files: RunFile[]): RunDetail {
  const id = 'a'.repeat(32);
  return {
    id,
    label: '01.1',
    experimentId: 'b'.repeat(32),
    experimentNumber: 1,
    experimentName: 'first',
    number: 1,
    name: 'make',
    status: 'FINISHED',
    kind: 'command',
    command: argv.join(' '),
    createdAt: 1_700_000_000_000,
    startedAt: 1_700_000_000_000,
    endedAt: 1_700_000_001_000,
    exitCode: 0,
    starred: false,
    note: '',
    params: { lr: '0.1' },
    metrics: [],
    parentId: null,
    cwd: '.',
    error: null,
    snapshot: 'c'.repeat(40),
    baseCommit: null,
    branch: null,
    dirtyFiles: [],
    largeFiles: [],
    peakMemoryBytes: null,
    cpuSeconds: null,
    executions: [
      {
        id: 'd'.repeat(32),
        stage: '',
        position: 0,
        state: 'done',
        command: argv.join(' '),
        reason: '',
        startedAt: 1_700_000_000_000,
        endedAt: 1_700_000_001_000,
        exitCode: 0,
        peakMemoryBytes: null,
        cpuSeconds: null,
        logBytes: 0,
      },
    ],
    files,
    environment: null,
    tags: {},
    datasets: [],
    loggedModels: [],
    modelVersions: [],
    previousId: null,
    notebook: null,
  };
}

/** Only what an export asks of the code. */
function codeStore(files: Readonly<Record<string, string>>): CodeStore {
  const refuse = () => {
    throw new Error('not asked of in these tests');
  };
  return {
    resolve: refuse,
    readCommit: refuse,
    diffTrees: refuse,
    readBlob: refuse,
    snapshot: refuse,
    forget: refuse,
    close: () => undefined,
    listTree: () =>
      new Map(Object.keys(files).map((path) => [path, { oid: path, mode: '100644' }])),
    readObject: (oid) => Buffer.from(files[oid] ?? ''),
  };
}

interface Entry {
  readonly name: string;
  readonly mode?: number;
  /** Replaces a name by another of the same length, which no writer would write. */
  readonly patch?: readonly [string, string];
}

/** A zip of one-byte files that no manifest names. */
export async function handmade(
  entries: readonly Entry[],
  manifest: string | null = '',
): Promise<string> {
  const zip = new yazl.ZipFile();
  for (const entry of entries)
    zip.addBuffer(Buffer.from('x'), entry.name, { mode: entry.mode ?? 0o100644 });
  if (manifest !== null) zip.addBuffer(Buffer.from(manifest), 'manifest-sha256.txt');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
  let text = Buffer.concat(chunks).toString('latin1');
  for (const { patch } of entries)
    if (patch !== undefined) text = text.replaceAll(patch[0], patch[1]);
  const path = join(tempFolder(), 'handmade.zip');
  writeFileSync(path, text, 'latin1');
  return path;
}

/**
 * Writes a bundle anew, sealed as a forger who knows the format would, with other contents.
 * @param change name → new content; null leaves it out
 * @returns the path of the forgery
 */
export async function forge(
  path: string,
  change: Readonly<Record<string, string | null>>,
): Promise<string> {
  const archive = await Archive.open(path);
  const files = new Map<string, string | Buffer | null>();
  for (const entry of archive.entries) {
    if (entry.name !== 'manifest-sha256.txt') files.set(entry.name, await archive.read(entry));
  }
  archive.close();
  for (const [name, content] of Object.entries(change)) files.set(name, content);
  const entries = [...files].flatMap(([name, content]) =>
    content === null ? [] : [{ name, source: { bytes: Buffer.from(content) } }],
  );
  const forged = `${path}.forged`;
  await writeZip(forged, entries, () => [], {});
  return forged;
}
