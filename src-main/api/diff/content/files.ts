/** The files that a side or a bundle has, to pick one from. */
import { resolve } from 'node:path';
import { BundleView } from '../../../bundles/index.ts';
import { Archive } from '../../../bundles/zip-reader.ts';
import type { Output, ParsedInput } from '../../../contract/index.ts';
import { readManifest } from '../contents.ts';
import type { DiffContext, DiffSession } from '../context.ts';
import { readState } from '../side-state.ts';
import { resolveSide } from '../sides.ts';
import { listArtifacts } from './artifacts.ts';

type Files = Output<'diff.files'>;
type File = Files['files'][number];

/** In the order of paths, data and logged files before code. */
export async function listFiles(
  context: DiffContext,
  side: ParsedInput<'diff.files'>['side'],
  limit: number,
): Promise<Files> {
  const files =
    side.kind === 'bundle'
      ? await entriesOf(resolve(context.current()?.workspace.root ?? '/', side.bundle))
      : await sideFiles(context.session(), side.reference);
  return { files: files.slice(0, limit), cut: files.length > limit };
}

/** Of a bundle as it is packed, by the names in it. */
async function entriesOf(bundle: string): Promise<File[]> {
  const archive = await Archive.open(bundle);
  try {
    return archive.entries
      .filter((entry) => !entry.directory && entry.unsafe === null)
      .map(({ name, size }): File => ({ path: name, from: 'data', sizeBytes: size }))
      .sort(byPath);
  } finally {
    archive.close();
  }
}

/** By their paths in the folder of the run. */
async function filesOfRun(path: string): Promise<File[]> {
  using bundle = await BundleView.open(path);
  const files = [...bundle.files].map(([path, { size }]): File => {
    return { path, from: bundle.code.has(path) ? 'code' : 'data', sizeBytes: size };
  });
  const [data, code] = [files.filter(isData), files.filter((file) => !isData(file))];
  return [...data.sort(byPath), ...code.sort(byPath)];
}

function isData({ from }: File): boolean {
  return from === 'data';
}

async function sideFiles(session: DiffSession, reference: string): Promise<File[]> {
  const side = await resolveSide(session, reference);
  if (side.bundle !== undefined) return await filesOfRun(side.bundle);
  const data = new Map<string, File>();
  for (const { path, hash, size, files } of (await readState(session, side, false)).data.values()) {
    const directory = files !== null || hash?.endsWith('.dir') === true;
    if (!directory) data.set(path, { path, from: 'data', sizeBytes: size });
    const inside = directory && hash !== null ? await readManifest(session, hash) : null;
    for (const entry of inside ?? []) {
      const name = `${path}/${entry.path}`;
      data.set(name, { path: name, from: 'data', sizeBytes: null });
    }
  }
  for (const file of await listArtifacts(session, side)) {
    if (!data.has(file.path)) data.set(file.path, { ...file, from: 'artifact' });
  }
  const code = codePaths(session, side.kind === 'workspace' ? headOf(session) : side.commit)
    .filter((path) => !data.has(path))
    .map((path): File => ({ path, from: 'code', sizeBytes: null }));
  return [...[...data.values()].sort(byPath), ...code.sort(byPath)];
}

function headOf({ repository }: DiffSession): string | null {
  return repository?.head().oid ?? null;
}

function codePaths({ code }: DiffSession, commit: string | null): string[] {
  return commit === null || code === null ? [] : [...code.listTree(commit).keys()];
}

function byPath(a: File, b: File): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
