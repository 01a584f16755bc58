/** Values of YAML that JavaScript has no type of its own for. */

/** A float. Whole ones stay floats (`1.0` is not `1`), and the text is kept as it was written. */
export class YamlFloat {
  readonly value: number;
  readonly source: string;

  constructor(value: number, source = pythonFloat(value)) {
    this.value = value;
    this.source = source;
  }

  /** As it was written. */
  toString(): string {
    return this.source;
  }

  toJSON(): number {
    return this.value;
  }
}

/** A date or time, as it was written. */
export class YamlTimestamp {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }

  toJSON(): string {
    return this.source;
  }
}

/** Replaces floats by numbers and timestamps by their text, all the way down. */
export function plainValue(value: unknown): unknown {
  if (value instanceof YamlFloat) return value.value;
  if (value instanceof YamlTimestamp) return value.source;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainValue(part)]));
  }
  return value;
}

/**
 * A float as Python's `repr` prints it: the shortest digits that read back the same, an exponent
 * below 1e-4 and from 1e16 on, always with a point or an exponent. YAML's words for the rest.
 */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [digits = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${digits}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text = value.toFixed(Math.max(0, significant(digits) - 1 - exponent));
  return text.includes('.') ? text : `${text}.0`;
}

/** Digits of a mantissa. */
function significant(mantissa: string): number {
  return mantissa.replace(/[-.]/g, '').length;
}
