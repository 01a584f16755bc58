/** What a cell of a compared table shows of its values; all of them is in its title and the detail. */

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Digits of a number that is shown alone. */
const usual = 6;
/** As many as a double has. */
const most = 17;

/** A long fraction with six digits, as they were written; anything else is left as it is. */
export function shortValue(text: string): string {
  return tooLong(text) ? shortened(text, usual) : text;
}

/** Two values that differ, in as few digits, four or more, as it takes to see that they do. */
export function shortPair(left: string, right: string): [left: string, right: string] {
  if (!number.test(left) || !number.test(right)) return [left, right];
  if (!tooLong(left) && !tooLong(right)) return [left, right];
  for (let digits = 4; digits <= most; digits++) {
    const pair = [left, right].map((text) => (isWhole(text) ? text : shortened(text, digits)));
    const [a = left, b = right] = pair;
    if (a !== b) return [a, b];
  }
  return [left, right];
}

/** Whole numbers count or name something, and are never cut. */
function isWhole(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

function tooLong(text: string): boolean {
  if (isWhole(text) || !number.test(text)) return false;
  const digits = text
    .replace(/e.*$/i, '')
    .replace(/[+\-.]/g, '')
    .replace(/^0+/, '');
  return digits.length > usual;
}

function shortened(text: string, digits: number): string {
  const short = String(Number(Number(text).toPrecision(digits)));
  return short.length < text.length ? short : text;
}
