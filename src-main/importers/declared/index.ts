/** Tables and JSONL files of metrics that the user named as sources; each is a run. */
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Work } from '../../base/progress.ts';
import type { Store } from '../../store/store.ts';
import { baseOf, folderOf } from '../text-files.ts';
import type { Importer, RunSink, SourceReader } from '../types.ts';
import { type Declaration, readDeclarations } from './declarations.ts';
import { begin, GrowingText, type TextState } from './growing-text.ts';

/** A file that is not written to for so long has its last line whole, with or without its end. */
const settledMs = 2000;

export function createDeclared({ store }: { readonly store: Store }): Importer {
  return {
    kind: 'declared',
    find: () => readDeclarations(store).map(({ path }) => path),
    recognises: (absolute) => statSync(absolute, { throwIfNoEntry: false })?.isFile() === true,
    read: async (source, sink, work) => {
      const declaration = readDeclarations(store).find(({ path }) => path === source.path);
      if (declaration !== undefined) await read(declaration, source, sink, work);
    },
    watch: ({ path }) => [path],
  };
}

async function read(
  declaration: Declaration,
  source: SourceReader,
  sink: RunSink,
  work: Work,
): Promise<void> {
  const { path } = source;
  await using file = await open(join(source.root, path), 'r');
  const info = await file.stat({ bigint: true });
  const modified = Number(info.mtimeMs);
  const settled = Date.now() - modified > settledMs;
  const { name, experiment } = declaration;
  const stamp = JSON.stringify([`${info.size}:${info.mtimeNs}`, settled, name, experiment]);
  const item = source.item(path);
  if (item?.stamp === stamp) return;
  const known = (item?.state ?? null) as TextState | null;
  const text = new GrowingText(file, path, Number(info.size), modified);
  const state = (await text.goesOn(known)) ? (known as TextState) : begin;
  const run = {
    nativeId: path,
    aliases: [`folder:${path}`],
    name: name || baseOf(path),
    experiment: experiment || baseOf(folderOf(path)) || 'metrics',
    status: 'FINISHED' as const,
    artifactRoot: folderOf(path),
  };
  const after = await text.read(state, settled, work, (part) => {
    const { series, first, last, skipped } = part;
    if (skipped !== null) sink.skipped(path, skipped);
    sink.run({
      ...run,
      series,
      writtenAt: modified,
      endedAt: last ?? modified,
      ...(first === null ? {} : { createdAt: first, startedAt: first }),
    });
  });
  if (after.rows === 0) sink.run({ ...run, createdAt: modified, writtenAt: modified });
  sink.done(path, stamp, after);
}
