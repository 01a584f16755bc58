/**
 * Tables of the values of 8- and 16-bit floats, indexed by their bits. f16 is IEEE 754 binary16,
 * bf16 the upper half of a binary32; the 8-bit types are those of the OCP 8-bit Floating Point
 * Specification (e4m3 has no infinity, e5m2 follows IEEE), their `fnuz` variants (one NaN in the
 * place of minus zero, bias one higher), and e8m0, the scale of the OCP Microscaling Formats.
 */

interface Layout {
  readonly exponentBits: number;
  readonly mantissaBits: number;
  readonly bias: number;
  /** Where infinities and NaNs are. */
  readonly special: 'ieee' | 'all ones' | 'minus zero';
}

const layouts = {
  f16: { exponentBits: 5, mantissaBits: 10, bias: 15, special: 'ieee' },
  bf16: { exponentBits: 8, mantissaBits: 7, bias: 127, special: 'ieee' },
  f8_e4m3: { exponentBits: 4, mantissaBits: 3, bias: 7, special: 'all ones' },
  f8_e5m2: { exponentBits: 5, mantissaBits: 2, bias: 15, special: 'ieee' },
  f8_e4m3fnuz: { exponentBits: 4, mantissaBits: 3, bias: 8, special: 'minus zero' },
  f8_e5m2fnuz: { exponentBits: 5, mantissaBits: 2, bias: 16, special: 'minus zero' },
} as const satisfies Record<string, Layout>;

export type SmallFloat = keyof typeof layouts | 'f8_e8m0';

const tables = new Map<SmallFloat, Float64Array>();

/** The value of every code of a small float; made once per thread. */
export function smallFloatTable(type: SmallFloat): Float64Array {
  let table = tables.get(type);
  if (!table) {
    table = type === 'f8_e8m0' ? scales() : decodeAll(layouts[type]);
    tables.set(type, table);
  }
  return table;
}

function decodeAll(layout: Layout): Float64Array {
  const codes = 2 ** (1 + layout.exponentBits + layout.mantissaBits);
  return Float64Array.from({ length: codes }, (_, code) => decode(code, layout));
}

function decode(code: number, layout: Layout): number {
  const mantissas = 2 ** layout.mantissaBits;
  const exponents = 2 ** layout.exponentBits;
  const mantissa = code % mantissas;
  const exponent = Math.floor(code / mantissas) % exponents;
  const negative = code >= mantissas * exponents;
  if (layout.special === 'minus zero' && negative && exponent === 0 && mantissa === 0) {
    return Number.NaN;
  }
  if (exponent === exponents - 1) {
    if (layout.special === 'all ones' && mantissa === mantissas - 1) return Number.NaN;
    if (layout.special === 'ieee') {
      if (mantissa !== 0) return Number.NaN;
      return negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    }
  }
  const magnitude =
    exponent === 0
      ? (mantissa / mantissas) * 2 ** (1 - layout.bias)
      : (1 + mantissa / mantissas) * 2 ** (exponent - layout.bias);
  return negative ? -magnitude : magnitude;
}

/** Powers of two from 2^−127; the last code is NaN. */
function scales(): Float64Array {
  return Float64Array.from({ length: 256 }, (_, code) =>
    code === 255 ? Number.NaN : 2 ** (code - 127),
  );
}
