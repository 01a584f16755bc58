import type { CurveCharts } from '../../../charts/index.ts';
import type { Output } from '../../../client/index.ts';

type Found = Output<'runs.system'>['series'][number];
export type Quantity = Found['quantity'];
type Chart = Parameters<typeof CurveCharts>[0]['charts'][number];

/** In this order; each is a chart where anything of it is known. */
const order: readonly Quantity[] = [
  'cpu',
  'cpu-percent',
  'memory',
  'gpu',
  'gpu-memory',
  'gpu-power',
  'disk-read',
  'disk-write',
  'net-in',
  'net-out',
  'disk-free',
  'other',
];
const inBytes: ReadonlySet<Quantity> = new Set([
  'memory',
  'gpu-memory',
  'disk-read',
  'disk-write',
  'net-in',
  'net-out',
  'disk-free',
]);
const always: ReadonlySet<Quantity> = new Set(['cpu', 'memory', 'gpu']);
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

export interface SystemWords {
  /** Of a chart. @param unit of bytes; empty where it has one of its own */
  title(quantity: Quantity, unit: string): string;
  run: string;
  machine: string;
  card(number: string): string;
}

/** Whether a metric says how busy the machine was: MLflow's client logs those under this name. */
export function isSystemMetric(key: string): boolean {
  return key.startsWith('system/');
}

/**
 * A chart for each quantity, a curve for each of the run, the machine and its cards.
 * @param start of the run, which time counts from; null: from the first point
 * @param color of the run
 */
export function systemCharts(
  series: readonly Found[],
  start: number | null,
  color: string,
  words: SystemWords,
): Chart[] {
  const first = series.reduce(
    (least, one) => Math.min(least, one.times[0] ?? least),
    Number.POSITIVE_INFINITY,
  );
  // A clock that was set back must not put points before the beginning.
  const origin = start === null ? first : Math.min(start, first);
  return order.flatMap((quantity) => {
    const ofIt = series.filter((one) => one.quantity === quantity);
    if (quantity === 'other') {
      return ofIt.map((one) => chartOf(one.device, [{ ...one, device: '' }], origin, color, words));
    }
    // What stayed at nothing has no course: a run without a network, say.
    const isBusy = ofIt.some(({ values }) => values.some((value) => value !== 0));
    if (ofIt.length === 0 || (!isBusy && !always.has(quantity))) return [];
    const [unit, scale] = inBytes.has(quantity) ? unitOf(ofIt) : ['', 1];
    const scaled = ofIt.map((one) =>
      scale === 1 ? one : { ...one, values: one.values.map((value) => value / scale) },
    );
    return [chartOf(words.title(quantity, unit), scaled, origin, color, words)];
  });
}

/** The unit in which the largest value is a number that a person would say. */
function unitOf(series: readonly Found[]): [unit: string, scale: number] {
  let most = 0;
  for (const { values } of series) for (const value of values) if (value > most) most = value;
  let power = 0;
  while (most >= 1000 ** (power + 1) && power < byteUnits.length - 1) power += 1;
  return [byteUnits[power] as string, 1000 ** power];
}

function chartOf(
  title: string,
  series: readonly Found[],
  start: number,
  color: string,
  words: SystemWords,
): Chart {
  return {
    title,
    series: series.map((one) => ({
      ...lookOf(one, color, words),
      key: title,
      steps: one.times,
      times: one.times,
      values: one.values,
      start,
    })),
  };
}

function lookOf(one: Found, color: string, words: SystemWords) {
  if (one.of === 'run') return { runId: 'run', label: words.run, color };
  if (one.device === '') {
    return {
      runId: 'machine',
      label: words.machine,
      color: 'var(--ink-dim)',
      dash: 'dot' as const,
    };
  }
  const card = Number(one.device);
  return {
    runId: `gpu-${one.device}`,
    label: words.card(one.device),
    color: `var(--run-${(card + 2) % 8})`,
    ...(card >= 8 ? { dash: 'dash' as const } : {}),
  };
}
