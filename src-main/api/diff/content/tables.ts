/** Two tables of any of the formats that are read, by content. */
import { CairnError } from '../../../base/errors.ts';
import type { Work } from '../../../base/progress.ts';
import type { Output, ParsedInput } from '../../../contract/index.ts';
import { diffTables, openCsv, openParquet, type TableSource } from '../../../diffing/index.ts';
import type { DiffContext } from '../context.ts';
import { probe } from './kinds.ts';
import { type Content, openContent } from './locate.ts';

/** A file that is not there is a table without columns: all of the other's are new or gone. */
const nothing: TableSource = {
  columns: [],
  size: 0,
  notes: [],
  async *batches() {},
  [Symbol.asyncDispose]: async () => {},
};

/** @throws CairnError for what is no table */
export async function compareTables(
  context: DiffContext,
  { left, right, ...options }: ParsedInput<'diff.table'>,
  work: Work,
): Promise<Output<'diff.table'>> {
  await using a = await openContent(context, left, work);
  await using b = await openContent(context, right, work);
  if (a.file === null && b.file === null) {
    throw new CairnError('not-found', `Neither side has ${b.path}.`);
  }
  await using before = await openTable(a);
  await using after = await openTable(b);
  return await diffTables(before, after, options, work);
}

async function openTable(content: Content): Promise<TableSource> {
  if (content.file === null) return nothing;
  const probed = await probe(content);
  return probed?.name === 'a Parquet table'
    ? await openParquet(content.file, content.path)
    : await openCsv(content.file, content.path);
}
