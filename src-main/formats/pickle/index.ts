/**
 * Pickles as data: a machine that follows protocols 0 to 5 and yields records of what would be
 * made (`machine.ts`, `values.ts`), what the names in it say about the file (`globals.ts`), and
 * what in it are arrays (`numpy.ts`, `gather.ts`). Nothing is looked up, nothing is called.
 */
export { type Gathering, gather } from './gather.ts';
export { GlobalRecord } from './globals.ts';
export type { PickleInput } from './input.ts';
export { runPickle } from './machine.ts';
export { isNumpyName, readArray, readScalar, readType } from './numpy.ts';
export { FileSource, InlineBudget, MemorySource, type PackedStream } from './source.ts';
export {
  calledPath,
  classOf,
  dictEntries,
  listItems,
  PersistentId,
  PickleBytes,
  PickleDict,
  PickleGlobal,
  PickleList,
  PickleObject,
  type PickleSource,
  type PickleValue,
  sizeOf,
  sizesOf,
} from './values.ts';
