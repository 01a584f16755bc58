/** Which of two package versions is the newer, after PEP 440 as far as that can be told by reading. */

export type VersionChange = 'up' | 'down' | 'changed';

/** `changed` when the two cannot be ordered, as with commit hashes or local builds. */
export function versionChange(left: string, right: string): VersionChange {
  const a = parse(left);
  const b = parse(right);
  if (a === null || b === null) return 'changed';
  const order = compare(a, b);
  return order === 0 ? 'changed' : order < 0 ? 'up' : 'down';
}

/** Epoch, release numbers, and a rank for dev < a < b < rc < final < post. */
interface Version {
  readonly numbers: readonly number[];
  readonly phase: readonly [rank: number, number: number];
}

const ranks: Readonly<Record<string, number>> = {
  dev: -4,
  a: -3,
  alpha: -3,
  b: -2,
  beta: -2,
  c: -1,
  rc: -1,
  pre: -1,
  post: 1,
};

function parse(text: string): Version | null {
  const match =
    /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(dev|alpha|beta|a|b|rc|c|pre|post)[-_.]?(\d*))?(?:[+-].*)?$/i.exec(
      text.trim(),
    );
  if (match === null) return null;
  const [, epoch = '0', release = '', phase = '', number = ''] = match;
  return {
    numbers: [Number(epoch), ...release.split('.').map(Number)],
    phase: [ranks[phase.toLowerCase()] ?? 0, Number(number)],
  };
}

function compare(a: Version, b: Version): number {
  const length = Math.max(a.numbers.length, b.numbers.length);
  for (let i = 0; i < length; i += 1) {
    const difference = (a.numbers[i] ?? 0) - (b.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.phase[0] - b.phase[0] || a.phase[1] - b.phase[1];
}
