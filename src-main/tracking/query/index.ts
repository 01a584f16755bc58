/**
 * The language that runs are filtered and ordered by: MLflow's, and what its users miss there. Text
 * → tokens (lexer) → what it says (parser, types) → statements over the store (compile) → a page of
 * runs (search). docs/filter.md describes it to its users.
 */
export { parseField } from './field-text.ts';
export { parseOrderBy } from './order.ts';
export { outlineFilter } from './outline.ts';
export { parseFilter } from './parser.ts';
export { searchRuns } from './search.ts';
export type { Field, Filter, FoundRuns, OrderBy, RunSearch } from './types.ts';
