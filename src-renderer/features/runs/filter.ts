import type { RunRow } from '../../client/index.ts';

type Test = (run: RunRow) => boolean;

const comparison = /^(.+?)(!=|<=|>=|=|<|>|:)(.*)$/;

/**
 * A filter as it is typed: words (all must be found), and comparisons such as `lr=0.01`,
 * `accuracy>0.9`, `status:failed`. Text in double quotes is one word.
 */
export function parseFilter(text: string): Test {
  const words = text.match(/(?:[^\s"]+|"[^"]*"?)+/g) ?? [];
  const tests = words.map((word) => parseWord(word.replaceAll('"', '')));
  return (run) => tests.every((test) => test(run));
}

function parseWord(word: string): Test {
  const match = comparison.exec(word);
  if (match === null) return containing(word);
  const [, name = '', operator = '', wanted = ''] = match;
  if (operator === ':') return fieldTest(name.toLowerCase(), wanted) ?? containing(word);
  return (run) => compare(readValue(run, name), operator, wanted);
}

function containing(word: string): Test {
  const needle = word.toLowerCase();
  return (run) => haystack(run).includes(needle);
}

const haystacks = new WeakMap<RunRow, string>();

function haystack(run: RunRow): string {
  let text = haystacks.get(run);
  if (text === undefined) {
    text = [run.label, run.name, run.command, run.note, run.experimentName, run.id]
      .join('\n')
      .toLowerCase();
    haystacks.set(run, text);
  }
  return text;
}

function fieldTest(field: string, wanted: string): Test | null {
  const value = wanted.toLowerCase();
  switch (field) {
    case 'status':
      return (run) => run.status.toLowerCase().startsWith(value);
    case 'kind':
      return (run) => run.kind.startsWith(value);
    case 'experiment':
      return (run) =>
        run.experimentName.toLowerCase().includes(value) ||
        run.label.split('.')[0] === value.padStart(2, '0');
    case 'starred':
      return (run) => run.starred === /^(yes|true|1|是)?$/.test(value);
    default:
      return null;
  }
}

/** A param as it was written, or the last value of a metric; by its whole key or its last part. */
function readValue(run: RunRow, name: string): string | number | null {
  const exact = run.params[name];
  if (exact !== undefined) return exact;
  const metric = run.metrics.find((one) => one.key === name);
  if (metric !== undefined) return metric.last;
  const ending = `.${name}`;
  const key = Object.keys(run.params).find((each) => each.endsWith(ending));
  if (key !== undefined) return run.params[key] ?? null;
  return run.metrics.find((one) => one.key.endsWith(ending))?.last ?? null;
}

function compare(value: string | number | null, operator: string, wanted: string): boolean {
  if (value === null) return operator === '!=';
  const left = Number(value);
  const right = Number(wanted);
  const numeric =
    wanted.trim() !== '' && value !== '' && !Number.isNaN(left) && !Number.isNaN(right);
  const order = numeric
    ? left - right
    : String(value).toLowerCase() === wanted.toLowerCase()
      ? 0
      : Number.NaN;
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '>':
      return order > 0;
    case '<=':
      return order <= 0;
    default:
      return order >= 0;
  }
}
