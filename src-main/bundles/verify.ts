/** Checking a bundle: its seal, every hash, every name. Nothing is unpacked or run. */
import { createHash } from 'node:crypto';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { VerifyReport } from '../contract/bundles.ts';
import { type BundleRecord, names, parseRecord } from './layout.ts';
import { Archive, type ArchiveEntry, checkSeal } from './zip-reader.ts';

type Problem = VerifyReport['problems'][number];

/**
 * Compares every file with the hash that the manifest gives it.
 * @throws CairnError when the file is no zip at all, is cut short, or is not a bundle of Cairn's
 */
export async function verifyBundle(path: string, work: Work = {}): Promise<VerifyReport> {
  const archive = await Archive.open(path);
  try {
    const expected = await readManifest(archive);
    const problems: Problem[] = [];
    const seal = await checkSeal(path, work);
    const { bytes } = await checkEntries(archive, expected, problems, work);
    for (const name of expected.keys()) {
      if (!archive.entries.some((entry) => entry.name === name)) {
        problems.push({
          path: name,
          state: 'missing',
          detail: 'the manifest names it, but it is not there',
        });
      }
    }
    const record = await recordOf(archive, problems);
    if (problems.length === 0 && seal !== 'ok') problems.push(sealProblem(seal));
    return {
      path,
      ok: problems.length === 0,
      files: expected.size,
      bytes,
      problems,
      omitted: record?.omitted ?? [],
      run:
        record === null
          ? null
          : {
              id: record.run.id,
              label: record.run.label,
              name: record.run.name,
              command: record.run.command,
              createdAt: record.run.createdAt,
            },
    };
  } finally {
    archive.close();
  }
}

/** Name → SHA-256, of every file but the manifest itself. */
async function readManifest(archive: Archive): Promise<Map<string, string>> {
  const entry = archive.find(names.manifest);
  if (entry === undefined) {
    throw new CairnError(
      'invalid',
      `${archive.path} is a zip, but not a bundle of Cairn's: it has no ${names.manifest}.`,
    );
  }
  const lines = (await archive.read(entry)).toString('utf8').split('\n');
  const expected = new Map<string, string>();
  for (const line of lines) {
    const match = /^([0-9a-f]{64}) [ *](.+)$/.exec(line);
    if (match !== null) expected.set(match[2] as string, match[1] as string);
  }
  return expected;
}

async function checkEntries(
  archive: Archive,
  expected: ReadonlyMap<string, string>,
  problems: Problem[],
  work: Work,
): Promise<{ bytes: number }> {
  const total = archive.entries.reduce((sum, entry) => sum + entry.size, 0);
  let bytes = 0;
  for (const entry of archive.entries) {
    work.signal?.throwIfAborted();
    work.onProgress?.({ phase: 'Checking', done: bytes, total, unit: 'bytes' });
    const problem = await checkEntry(archive, entry, expected, work);
    if (problem !== null) problems.push({ path: entry.name, ...problem });
    bytes += entry.size;
  }
  return { bytes };
}

async function checkEntry(
  archive: Archive,
  entry: ArchiveEntry,
  expected: ReadonlyMap<string, string>,
  work: Work,
): Promise<Pick<Problem, 'state' | 'detail'> | null> {
  if (entry.unsafe !== null) return { state: 'unsafe', detail: entry.unsafe };
  if (entry.directory || entry.name === names.manifest) return null;
  const wanted = expected.get(entry.name);
  if (wanted === undefined) return { state: 'unexpected', detail: 'the manifest does not name it' };
  const hash = createHash('sha256');
  try {
    for await (const chunk of await archive.stream(entry)) {
      work.signal?.throwIfAborted();
      hash.update(chunk as Buffer);
    }
  } catch (error) {
    work.signal?.throwIfAborted();
    const reason = error instanceof CairnError ? (error.cause ?? error) : error;
    return { state: 'altered', detail: reason instanceof Error ? reason.message : String(reason) };
  }
  const found = hash.digest('hex');
  if (found === wanted) return null;
  return {
    state: 'altered',
    detail: `its SHA-256 is ${found.slice(0, 12)}…, not ${wanted.slice(0, 12)}…`,
  };
}

async function recordOf(archive: Archive, problems: Problem[]): Promise<BundleRecord | null> {
  const entry = archive.find(names.record);
  if (entry === undefined) {
    if (!problems.some((one) => one.path === names.record)) {
      problems.push({ path: names.record, state: 'missing', detail: 'it says what was run' });
    }
    return null;
  }
  try {
    return parseRecord((await archive.read(entry)).toString('utf8'));
  } catch (error) {
    if (error instanceof CairnError && error.code === 'too-new') throw error;
    const detail = error instanceof Error ? error.message : String(error);
    if (!problems.some((one) => one.path === names.record)) {
      problems.push({ path: names.record, state: 'altered', detail });
    }
    return null;
  }
}

/** Every file is as the manifest says, yet some byte of the archive is not as it was written. */
function sealProblem(seal: 'broken' | 'none'): Problem {
  const detail =
    seal === 'none'
      ? 'the archive has no seal: it was repacked, or cut, after Cairn wrote it'
      : 'the files are intact, but the archive around them was changed after Cairn wrote it';
  return { path: '(archive)', state: 'altered', detail };
}
