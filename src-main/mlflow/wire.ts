/** Values as MLflow's JSON has them. */
import { invalid } from './errors.ts';

/** JSON has no NaN and no infinities: they travel as strings. */
export function wireDouble(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** Tags, params and the like as the list of pairs that the protocol has. */
export function wirePairs(
  record: Readonly<Record<string, string>>,
): { key: string; value: string }[] {
  return Object.entries(record).map(([key, value]) => ({ key, value }));
}

/** The token of the page that starts at `offset`: base64 of `{"offset": N}`, as MLflow's own. */
export function pageToken(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64');
}

/** @throws MlflowError for a token that is not one of {@link pageToken} */
export function offsetOf(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as {
      offset?: unknown;
    };
    if (Number.isSafeInteger(offset) && (offset as number) >= 0) return offset as number;
  } catch {
    // Said below.
  }
  throw invalid(`Invalid page token '${token.slice(0, 100)}'.`);
}

/** How many results a page may have. */
export function pageSize(asked: number | undefined, usual: number, most: number): number {
  const size = asked ?? usual;
  if (size < 1)
    throw invalid(
      `Invalid value ${size} for parameter 'max_results' supplied: it must be a positive integer.`,
    );
  if (size > most) {
    throw invalid(
      `Invalid value ${size} for parameter 'max_results' supplied: it must be at most ${most}.`,
    );
  }
  return size;
}
