/** The one kind of HTTP Range that downloads use (RFC 9110, section 14). */
import { MlflowError } from './errors.ts';

/**
 * @param size of the file in bytes
 * @returns first and last byte, or null for the whole file
 * @throws MlflowError with status 416 when nothing of the file lies in the range
 */
export function rangeOf(
  header: string | undefined,
  size: number,
): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start <= end) return { start, end };
  throw new MlflowError('BAD_REQUEST', 'The range lies outside of the file.', { status: 416 });
}
