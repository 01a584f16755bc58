/** What is wrong with a filter, and where. */
import { CairnError } from '../../base/errors.ts';

/**
 * @param offset where in the text, in UTF-16 units; the error's place counts lines and columns from 1
 * @param sentence what is wrong and what to write
 */
export function filterError(text: string, offset: number, sentence: string): CairnError {
  const before = text.slice(0, offset).split('\n');
  return new CairnError('invalid', sentence, {
    place: { file: 'filter', line: before.length, column: (before.at(-1) ?? '').length + 1 },
  });
}
