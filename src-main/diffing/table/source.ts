/** A table as a comparison reads it: in batches of rows, a column at a time. */

export interface TableColumn {
  readonly name: string;
  /** As the file declares it; null where it declares nothing. */
  readonly type: string | null;
}

export interface TableBatch {
  /** Number of its first row, from 0. */
  readonly start: number;
  readonly rows: number;
  /** Values in one notation, so that equal ones are equal texts; null for a missing one. */
  column(index: number): Promise<readonly (string | null)[]>;
  /** The values of some of its rows, counted from its own first. */
  some(index: number, rows: readonly number[]): Promise<readonly (string | null)[]>;
}

export interface TableSource extends AsyncDisposable {
  readonly columns: readonly TableColumn[];
  /** Bytes of the file, for progress. */
  readonly size: number;
  /** Every batch from the beginning; `done` is told how many bytes were read. May be called again. */
  batches(done: (bytes: number) => void): AsyncIterable<TableBatch>;
  /** What the reader made of the file, in sentences. */
  readonly notes: readonly string[];
}

/** Texts that pandas reads as a missing value. */
const missing = new Set([
  ...['', 'NA', 'N/A', 'n/a', 'NaN', 'nan', '-nan', '-NaN', 'null', 'NULL', 'None', '<NA>'],
  ...['#N/A', '#NA', '1.#QNAN', '1.#IND'],
]);

const numeric =
  /^[+-]?(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?\d{1,4})?$|^[+-]?\.\d+(?:[eE][+-]?\d{1,4})?$/;

/** Numbers of up to 15 digits that `String(Number(text))` gives back as they are. */
const short = /^(?:-?(?:[1-9]\d*(?:\.\d*[1-9])?|0\.(?!00000)\d*[1-9])|0)$/;
const [zero, nine, smallE, largeE] = [0x30, 0x39, 0x65, 0x45];
const [dot, minus, plus] = [0x2e, 0x2d, 0x2b];

/**
 * `1`, `1.0` and `1e0` are the same number; `007` and numbers with more digits than a float holds
 * stay texts.
 */
export function canonicalText(text: string): string | null {
  // Most values are short numbers in this notation already, or begin like no number and no gap.
  if (text.length < 16 && short.test(text)) return text;
  if (text.length <= 7 && missing.has(text)) return null;
  if (text.length > 24 || significantDigits(text) > 15 || !numeric.test(text)) return text;
  const value = Number(text);
  return Number.isFinite(value) ? String(value === 0 ? 0 : value) : text;
}

/** How many digits a number is written with; infinitely many for what looks like none. */
function significantDigits(text: string): number {
  let digits = 0;
  // No regular expression: files of floats are read here for most of the time.
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) {
      if (digits > 0 || code !== zero) digits++;
    } else if (code === smallE || code === largeE) {
      return digits;
    } else if (code !== dot && (at > 0 || (code !== minus && code !== plus))) {
      return Number.POSITIVE_INFINITY;
    }
  }
  return digits;
}

/** A value as a typed file has it. */
export function canonicalValue(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      if (Number.isNaN(value)) return null;
      return String(value === 0 ? 0 : value);
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? null : objectText(value);
    default:
      return null;
  }
}

function objectText(value: object): string | null {
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? null
      : value.toISOString().replace(/T00:00:00\.000Z$/, '');
  }
  if (value instanceof Uint8Array) {
    return `0x${Buffer.from(value.buffer, value.byteOffset, Math.min(value.byteLength, 4096)).toString('hex')}`;
  }
  const plain = (_key: string, part: unknown) => {
    if (typeof part === 'bigint') return String(part);
    return ArrayBuffer.isView(part) ? Array.from(part as Uint8Array) : part;
  };
  try {
    return JSON.stringify(value, plain) ?? null;
  } catch {
    return null;
  }
}
