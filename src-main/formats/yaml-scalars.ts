/** Which plain texts of YAML are numbers or dates, and which: YAML 1.2 with DVC's extras. */
import type { ScalarTag } from 'yaml';
import { YamlFloat, YamlTimestamp } from './yaml-values.ts';

const floatTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  // Without a digit before the point the exponent needs a sign: `.5e3` is a text.
  test: /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.(?=_*[0-9])[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  resolve: (source) => new YamlFloat(floatOf(source), source),
  stringify: ({ value }) => String(value),
  identify: (value) => value instanceof YamlFloat,
};

const intTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?(?:0b_*[01][01_]*|0o_*[0-7][0-7_]*|0x_*[0-9a-fA-F][0-9a-fA-F_]*|[0-9][0-9_]*|(?<=[-+])_+[0-9][0-9_]*)$/,
  resolve: (source) => intOf(source),
  // A value that was set anew still carries the text of the one before.
  stringify: ({ value, source }) =>
    source !== undefined && intOf(source) === value ? source : String(value),
  identify: (value) => typeof value === 'bigint' || Number.isInteger(value),
};

export const timestampTag: ScalarTag = {
  tag: 'tag:yaml.org,2002:timestamp',
  default: true,
  test: /^\d{4}-\d\d-\d\d$|^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::?\d\d)?))?$/,
  resolve: (source) => new YamlTimestamp(source),
  stringify: ({ value }) => String(value),
  identify: (value) => value instanceof YamlTimestamp,
};

/** `!!float 1` says what it is, whatever it looks like. */
const explicitFloat: ScalarTag = {
  tag: floatTag.tag,
  resolve: (source, onError) => {
    if (floatTag.test?.test(source)) return new YamlFloat(floatOf(source), source);
    if (intTag.test?.test(source)) return new YamlFloat(Number(intOf(source)));
    onError(`“${source}” is not a float`);
    return source;
  },
};

export const numberTags = [intTag, floatTag, explicitFloat];

/** What a plain text stands for: null, a boolean, a number, a date, or itself. */
export function resolvePlain(source: string): unknown {
  // Most are texts; all others begin with one of these.
  if (!/^[-+.~\dnNtTfF]/.test(source)) return source;
  if (/^(?:~|null|Null|NULL)$/.test(source)) return null;
  if (/^(?:true|True|TRUE)$/.test(source)) return true;
  if (/^(?:false|False|FALSE)$/.test(source)) return false;
  if (intTag.test?.test(source)) return intOf(source);
  if (floatTag.test?.test(source)) return new YamlFloat(floatOf(source), source);
  return timestampTag.test?.test(source) ? new YamlTimestamp(source) : source;
}

function floatOf(source: string): number {
  const text = source.replaceAll('_', '').toLowerCase();
  if (text.endsWith('.inf'))
    return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text === '.nan' ? Number.NaN : Number(text);
}

/** A leading zero means nothing in YAML 1.2: `017` is seventeen. */
function intOf(source: string): number | bigint {
  const text = source.replaceAll('_', '').toLowerCase();
  const digits = text.replace(/^[-+]/, '');
  const big = BigInt(/^0[box]/.test(digits) ? digits : digits.replace(/^0+(?=\d)/, ''));
  const signed = text.startsWith('-') ? -big : big;
  const small = Number(signed);
  return Number.isSafeInteger(small) ? small : signed;
}
