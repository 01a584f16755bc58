/** Numbers and text as the older protocols write them. */

/** A little-endian two's complement number of any length; a plain number where that is exact. */
export function decodeLong(bytes: Uint8Array): number | bigint {
  let value = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at]!);
  if (bytes.length > 0 && bytes.at(-1)! >= 0x80) value -= 1n << BigInt(bytes.length * 8);
  return narrow(value);
}

/** A decimal number as LONG and INT write it (`12L`); null when it is none. */
export function parseInteger(text: string): number | bigint | null {
  return /^[+-]?\d+L?$/.test(text) ? narrow(BigInt(text.replace(/^\+|L$/g, ''))) : null;
}

/** What Python's `float()` takes; null for anything else. */
export function parseFloatText(text: string): number | null {
  const word = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (word) {
    if (word[2]!.toLowerCase() === 'nan') return Number.NaN;
    return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** The text of a Python 2 string literal in quotes, as STRING writes it; null when it is none. */
export function parseQuoted(text: string): string | null {
  const match = /^(['"])(.*)\1$/s.exec(text);
  if (!match) return null;
  return match[2]!.replace(
    /\\(?:x([0-9a-fA-F]{2})|([0-7]{1,3})|(.))/gs,
    (_, hex: string, octal: string, other: string) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
      return escapes[other] ?? `\\${other}`;
    },
  );
}

/** The text that UNICODE writes: Latin-1 with `\uXXXX` and `\UXXXXXXXX`. */
export function parseRawUnicode(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/g, (whole, four, eight) => {
    const code = Number.parseInt(four ?? eight, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

function narrow(value: bigint): number | bigint {
  const exact =
    value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
  return exact ? Number(value) : value;
}
