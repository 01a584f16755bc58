/** The load of a run as columns: from the runner's own file, and from `system/…` metrics. */
import type { SystemQuantity, SystemSeries } from '../../contract/run-page.ts';
import { type LoadRow, readLoadLog } from '../../processes/index.ts';
import { decimate } from '../../store/decimate.ts';
import { readPoints, readSeries } from '../../store/metrics.ts';
import type { Store } from '../../store/store.ts';
import { loadPath } from '../../tracking/index.ts';

/** @param maxPoints of each series, thinned so that no peak is lost */
export async function readSystem(
  store: Store,
  storeDir: string,
  runId: string,
  maxPoints: number,
): Promise<SystemSeries[]> {
  const log = await readLoadLog(loadPath(storeDir, runId));
  const own = log === null ? [] : ofRows(log.rows, log.head, maxPoints);
  const logged = ofMetrics(store, runId, maxPoints);
  // What both have measured is drawn once, from the one that looked at the run's own processes too.
  const known = new Set(own.map((one) => one.quantity));
  if (known.has('cpu')) known.add('cpu-percent');
  const added = logged.filter((one) => !known.has(one.quantity));
  for (const { quantity } of added) known.add(quantity);
  return [...own, ...added.filter((one) => !repeats(one, known))];
}

const mostCards = 64;

type Column = Pick<SystemSeries, 'quantity' | 'of'> & {
  readonly value: (row: LoadRow) => number | null;
  readonly capacity?: number;
};

function ofRows(
  rows: readonly LoadRow[],
  { cores, memory }: { cores: number; memory: number },
  maxPoints: number,
): SystemSeries[] {
  const columns: Column[] = [
    { quantity: 'cpu', of: 'run', value: (row) => row.cpu, capacity: cores },
    { quantity: 'cpu', of: 'machine', value: (row) => row.machineCpu, capacity: cores },
    { quantity: 'memory', of: 'run', value: (row) => row.memory, capacity: memory },
    { quantity: 'memory', of: 'machine', value: (row) => row.machineMemory, capacity: memory },
    { quantity: 'disk-read', of: 'run', value: (row) => row.read },
    { quantity: 'disk-write', of: 'run', value: (row) => row.written },
    { quantity: 'disk-free', of: 'machine', value: (row) => row.free },
    { quantity: 'net-in', of: 'machine', value: (row) => row.received },
    { quantity: 'net-out', of: 'machine', value: (row) => row.sent },
  ];
  const cards = rows.reduce((most, row) => Math.max(most, Math.min(row.gpus.length, mostCards)), 0);
  const found = columns.flatMap(({ quantity, of, value, capacity }) =>
    seriesOf(rows, value, { quantity, of, device: '', capacity: capacity ?? null }, maxPoints),
  );
  for (let card = 0; card < cards; card++) {
    const device = String(card);
    const at = (row: LoadRow) => row.gpus[card];
    const total = rows.findLast((row) => at(row)?.memoryTotal != null);
    const put = (
      quantity: SystemQuantity,
      value: (row: LoadRow) => number | null,
      capacity: number | null,
    ) =>
      found.push(
        ...seriesOf(rows, value, { quantity, of: 'machine', device, capacity }, maxPoints),
      );
    put('gpu', (row) => at(row)?.utilization ?? null, 100);
    put('gpu-memory', (row) => at(row)?.memory ?? null, total?.gpus[card]?.memoryTotal ?? null);
    put('gpu-power', (row) => at(row)?.watts ?? null, null);
  }
  return found;
}

/** Nothing where no row has a value. */
function seriesOf(
  rows: readonly LoadRow[],
  value: (row: LoadRow) => number | null,
  head: Omit<SystemSeries, 'times' | 'values'>,
  maxPoints: number,
): SystemSeries[] {
  const known = rows.flatMap((row) => {
    const one = value(row);
    return one === null ? [] : [[row.at, one] as const];
  });
  if (known.length === 0) return [];
  const times = Float64Array.from(known, ([at]) => at);
  const values = Float64Array.from(known, ([, one]) => one);
  return [{ ...head, ...thin(times, values, maxPoints) }];
}

const megabyte = 1e6;

interface Known {
  readonly quantity: SystemQuantity;
  readonly scale: number;
  /** Counts from the beginning: what is shown is its change in a second. */
  readonly grows?: boolean;
}

/** The names that MLflow's client gives to what it samples (docs: “System Metrics”). */
const mlflowNames: readonly (readonly [RegExp, Known])[] = [
  [/^cpu_utilization_percentage$/, { quantity: 'cpu-percent', scale: 1 }],
  [/^system_memory_usage_megabytes$/, { quantity: 'memory', scale: megabyte }],
  [/^disk_available_megabytes$/, { quantity: 'disk-free', scale: megabyte }],
  [/^network_receive_megabytes$/, { quantity: 'net-in', scale: megabyte, grows: true }],
  [/^network_transmit_megabytes$/, { quantity: 'net-out', scale: megabyte, grows: true }],
  [/^gpu_(\d+)_utilization_percentage$/, { quantity: 'gpu', scale: 1 }],
  [/^gpu_(\d+)_memory_usage_megabytes$/, { quantity: 'gpu-memory', scale: megabyte }],
  [/^gpu_(\d+)_power_usage_watts$/, { quantity: 'gpu-power', scale: 1 }],
];

/** The same as another of MLflow's, in another unit. */
const repeated: readonly (readonly [RegExp, SystemQuantity])[] = [
  [/^system_memory_usage_percentage$/, 'memory'],
  [/^disk_usage_(percentage|megabytes)$/, 'disk-free'],
  [/^gpu_\d+_memory_usage_percentage$/, 'gpu-memory'],
  [/^gpu_\d+_power_usage_percentage$/, 'gpu-power'],
];

function repeats({ quantity, device }: SystemSeries, known: ReadonlySet<SystemQuantity>): boolean {
  return (
    quantity === 'other' &&
    repeated.some(([pattern, same]) => pattern.test(device) && known.has(same))
  );
}

const prefix = 'system/';

function ofMetrics(store: Store, runId: string, maxPoints: number): SystemSeries[] {
  const all = readSeries(store, [runId], null);
  return all.flatMap((record) => {
    if (!record.key.startsWith(prefix)) return [];
    const name = record.key.slice(prefix.length);
    const [device, known] = recognise(name);
    const points = readPoints(store, record.id);
    const { times, values } = known.grows ? ratesOf(points) : points;
    if (values.length === 0) return [];
    const scaled = values.map((value) => value * known.scale);
    const capacity = known.quantity === 'cpu-percent' || known.quantity === 'gpu' ? 100 : null;
    return [
      {
        quantity: known.quantity,
        of: 'machine' as const,
        device,
        capacity,
        ...thin(times.slice(), scaled, maxPoints),
      },
    ];
  });
}

function recognise(name: string): readonly [device: string, known: Known] {
  for (const [pattern, known] of mlflowNames) {
    const match = pattern.exec(name);
    if (match !== null) return [match[1] ?? '', known];
  }
  return [name, { quantity: 'other', scale: 1 }];
}

/** Per second, of what only grows; one that began anew counts from there. */
function ratesOf({ times, values }: { times: Float64Array; values: Float64Array }) {
  const found: [at: number, rate: number][] = [];
  for (let index = 1; index < values.length; index++) {
    const seconds = ((times[index] as number) - (times[index - 1] as number)) / 1000;
    const grown = (values[index] as number) - (values[index - 1] as number);
    if (seconds > 0 && grown >= 0) found.push([times[index] as number, grown / seconds]);
  }
  return {
    times: Float64Array.from(found, ([at]) => at),
    values: Float64Array.from(found, ([, rate]) => rate),
  };
}

function thin(
  times: Float64Array<ArrayBuffer>,
  values: Float64Array<ArrayBuffer>,
  maxPoints: number,
): Pick<SystemSeries, 'times' | 'values'> {
  const thinned = decimate({ steps: times, times, values }, maxPoints);
  return { times: thinned.times, values: thinned.values };
}
