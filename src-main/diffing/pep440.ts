/**
 * Which of two versions of a Python package is the newer. Source: PEP 440, with the pattern of its
 * appendix B and the order of the `packaging` library.
 */

const pattern =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/i;

const phases: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1 };
const candidate = 2;

const least = Number.NEGATIVE_INFINITY;
const most = Number.POSITIVE_INFINITY;

type Part = number | string;

interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** Phase and number, post and dev release, each where it stands in the order. */
  readonly suffix: readonly number[];
  readonly local: readonly Part[];
}

/** @returns below 0 when `a` is the older, over 0 when `b` is; null when one is no such version */
export function compareVersions(a: string, b: string): number | null {
  const [left, right] = [parse(a), parse(b)];
  if (left === null || right === null) return null;
  return (
    left.epoch - right.epoch ||
    compareNumbers(left.release, right.release) ||
    compareNumbers(left.suffix, right.suffix) ||
    compareLocal(left.local, right.local)
  );
}

function parse(text: string): Version | null {
  const match = pattern.exec(text.trim().slice(0, 200));
  if (match === null) return null;
  const [
    ,
    epoch = '0',
    release = '',
    phase,
    phaseNumber,
    bare,
    post,
    postNumber,
    dev,
    devNumber,
    local,
  ] = match;
  const isPost = bare !== undefined || post !== undefined;
  const isDev = dev !== undefined;
  // A dev release of nothing else comes before every pre-release, a final one behind them.
  const early = !isPost && isDev ? least : most;
  const [rank, number] =
    phase === undefined
      ? [early, 0]
      : [phases[phase.toLowerCase()] ?? candidate, Number(phaseNumber || 0)];
  return {
    epoch: Number(epoch),
    release: release.split('.').map(Number),
    suffix: [
      ...[rank, number],
      isPost ? Number(bare || postNumber || 0) : least,
      isDev ? Number(devNumber || 0) : most,
    ],
    local: local === undefined ? [] : local.toLowerCase().split(/[-_.]/).map(localPart),
  };
}

function localPart(text: string): Part {
  return /^\d+$/.test(text) ? Number(text) : text;
}

/** `1.0` is `1.0.0`. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

/** Numbers come behind words, and more parts behind fewer. */
function compareLocal(a: readonly Part[], b: readonly Part[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (x === y) continue;
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    if (typeof x !== typeof y) return typeof x === 'string' ? -1 : 1;
    return x < y ? -1 : 1;
  }
  return 0;
}
