/** Three sides or more: the files of code and the data of each, against those of the first. */
import type { Work } from '../../base/progress.ts';
import type { DiffSummary } from '../../contract/diff.ts';
import type { Output } from '../../contract/index.ts';
import type { DiffSession } from './context.ts';
import { isRun, resolveSide } from './sides.ts';
import { summarise } from './summary.ts';

type Files = Output<'diff.manyFiles'>;

/** @throws CairnError as `resolveSide` */
export async function diffManyFiles(
  session: DiffSession,
  [first = 'workspace', ...others]: readonly string[],
  work: Work,
): Promise<Files> {
  const sides = await Promise.all([first, ...others].map((one) => resolveSide(session, one)));
  // All alike, or a file that two runs wrote would count against some sides and not against others.
  const files = sides.every(isRun) ? 'used' : 'whole';
  const summaries: DiffSummary[] = [];
  for (const right of others) {
    work.signal?.throwIfAborted();
    summaries.push(await summarise(session, { left: first, right }, work, files));
  }
  return beside(summaries);
}

/** @param summaries of the first side with each of the others */
export function beside(summaries: readonly DiffSummary[]): Files {
  const code = summaries.map((summary) => new Map(summary.code.map((file) => [file.path, file])));
  const data = summaries.map((summary) => new Map(summary.data.map((file) => [file.path, file])));
  return {
    code: pathsOf(code).map((path) => ({
      path,
      changes: code.map((files) => files.get(path) ?? null),
    })),
    data: pathsOf(data).map((path) => {
      const found = data.map((files) => files.get(path) ?? null);
      // What one comparison leaves out, because its other side cannot know, another still has.
      const first = found.find((one) => one?.left)?.left ?? null;
      const kinds = found.flatMap((one) => one?.kind ?? []);
      return {
        path,
        kind: kinds.find((kind) => kind !== 'file') ?? 'file',
        first,
        changes: found.map((one) => one && { change: one.change, file: one.right }),
      };
    }),
  };
}

function pathsOf(sides: readonly ReadonlyMap<string, unknown>[]): string[] {
  return [...new Set(sides.flatMap((files) => [...files.keys()]))].sort();
}
