import { type Query, topics, useOperation } from '../../client/index.ts';

/** The runs that a block asks for, kept up to date. */
export function useBlockRuns(block: {
  readonly filter: string;
  readonly orderBy: string;
  readonly limit: number;
}): Query<'runs.list'> {
  const { filter, orderBy, limit } = block;
  return useOperation('runs.list', { filter, orderBy, limit }, { topics: [topics.runs] });
}
