/**
 * Tails of the distributions that tests need. Sources: Lanczos' approximation of the gamma function;
 * series and continued fractions of the incomplete gamma and beta functions (Press et al., Numerical
 * Recipes, 6.1–6.4).
 */

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const base = x - 1 + 7.5;
  let sum = lanczos[0] as number;
  for (let i = 1; i < lanczos.length; i++) sum += (lanczos[i] as number) / (x - 1 + i);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

const precision = 1e-14;
const most = 10_000;
const tiny = 1e-300;

/** P(X ≥ x) of the chi-square distribution. @param freedom degrees of freedom, over 0 */
export function chiSquareTail(x: number, freedom: number): number {
  if (!(x > 0)) return 1;
  const [a, half] = [freedom / 2, x / 2];
  const front = Math.exp(-half + a * Math.log(half) - logGamma(a));
  return half < a + 1 ? 1 - front * gammaSeries(a, half) : front * gammaFraction(a, half);
}

function gammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < most && Math.abs(term) > Math.abs(sum) * precision; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

function gammaFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < most; n++) {
    const an = -n * (n - a);
    b += 2;
    d = 1 / away(an * d + b);
    c = away(b + an / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return h;
}

/** P(|T| ≥ |t|) of Student's t distribution. @param freedom degrees of freedom, over 0 */
export function studentTails(t: number, freedom: number): number {
  if (!Number.isFinite(t)) return Number.isNaN(t) ? Number.NaN : 0;
  return betaShare(freedom / (freedom + t * t), freedom / 2, 0.5);
}

/** The regularised incomplete beta function I_x(a, b). */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < most; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    h *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return h;
}

function away(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

export interface Sample {
  readonly n: number;
  readonly mean: number;
  /** Of the sample, with n − 1. */
  readonly variance: number;
}

export function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, variance: n > 1 ? squares / (n - 1) : 0 };
}

/**
 * Welch's test of whether two means differ, for samples of unlike variances.
 * @returns the two-sided p-value; null where a side has fewer than two values, or none of them varies
 */
export function welchTest(a: Sample, b: Sample): number | null {
  if (a.n < 2 || b.n < 2) return null;
  const [x, y] = [a.variance / a.n, b.variance / b.n];
  if (!(x + y > 0)) return null;
  const freedom = (x + y) ** 2 / (x ** 2 / (a.n - 1) + y ** 2 / (b.n - 1));
  return studentTails((b.mean - a.mean) / Math.sqrt(x + y), freedom);
}
