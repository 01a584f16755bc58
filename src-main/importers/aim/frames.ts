/**
 * Frames of Aim's SDK as pandas saves them. Of metrics: a row for each point, with `run.hash`,
 * `metric.name`, the context and the run's params repeated in each. Of runs: a row for each.
 * Source: aim/sdk/sequences/metric.py and aim/sdk/run.py; times of points are the machine's.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Work } from '../../base/progress.ts';
import { splitCells } from '../../formats/metric-lines.ts';
import { PointColumns } from '../points.ts';
import type { ImportedRun, RunSink, SourceReader } from '../types.ts';

const pieceBytes = 4 << 20;
const headerBytes = 64 << 10;
const newline = 0x0a;
const metricColumns = ['step', 'value', 'run.hash', 'metric.name'];
const runColumns = ['hash', 'name', 'archived', 'creation_time', 'experiment'];
/** Of the frame of runs: what is no param. */
const properties = new Set([...runColumns, '', 'description', 'end_time', 'active', 'tags']);

/** By the names of its columns. Never throws. */
export function isAimFrame(absolute: string): boolean {
  let file: number;
  try {
    file = openSync(absolute, 'r');
  } catch {
    return false;
  }
  try {
    const bytes = Buffer.allocUnsafe(headerBytes);
    const text = bytes.toString('utf8', 0, readSync(file, bytes, 0, headerBytes, 0));
    const columns = new Set(splitCells((text.split('\n')[0] ?? '').trimEnd(), ','));
    const has = (names: readonly string[]) => names.every((name) => columns.has(name));
    return has(metricColumns) || has(runColumns);
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}

/** Reads the whole of one: it is saved at once, and saved anew when it changes. */
export async function readFrame(
  source: SourceReader,
  sink: RunSink,
  modified: number,
  work: Work,
): Promise<void> {
  await using file = await open(source.absolute, 'r');
  const { size } = await file.stat();
  const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, size)));
  let table: Frame | null = null;
  for (let offset = 0; offset < size; ) {
    work.signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, offset);
    if (bytesRead === 0) break;
    const isLast = offset + bytesRead >= size;
    const whole = isLast ? bytesRead : buffer.lastIndexOf(newline, bytesRead - 1) + 1;
    if (whole === 0) {
      sink.skipped('', 'A line longer than 4 MB was found; what comes after it was left out.');
      break;
    }
    const lines = buffer.toString('utf8', 0, whole).split('\n');
    table ??= frameOf(lines.shift() ?? '', modified);
    for (const line of lines) if (line.trim() !== '') table.add(splitCells(line.trimEnd(), ','));
    for (const run of table.take()) sink.run(run);
    offset += whole;
    work.onProgress?.({ phase: 'aim', done: offset, total: size, unit: 'bytes' });
  }
}

interface Frame {
  add(cells: readonly string[]): void;
  /** The runs of what was added since. */
  take(): ImportedRun[];
}

function frameOf(header: string, modified: number): Frame {
  const columns = splitCells(header.trimEnd(), ',');
  return columns.includes('metric.name')
    ? new MetricFrame(columns, modified)
    : new RunFrame(columns, modified);
}

class MetricFrame implements Frame {
  readonly #columns: readonly string[];
  readonly #modified: number;
  readonly #places: Readonly<Record<'step' | 'value' | 'time' | 'run' | 'metric', number>>;
  readonly #contexts: readonly number[];
  readonly #begun = new Set<string>();
  readonly #described = new Set<string>();
  #runs = new Map<string, { columns: PointColumns; first: readonly string[] }>();

  constructor(columns: readonly string[], modified: number) {
    this.#columns = columns;
    this.#modified = modified;
    this.#places = {
      step: columns.indexOf('step'),
      value: columns.indexOf('value'),
      time: columns.indexOf('time'),
      run: columns.indexOf('run.hash'),
      metric: columns.indexOf('metric.name'),
    };
    this.#contexts = columns.flatMap((name, index) =>
      name.startsWith('metric.context.') ? [index] : [],
    );
  }

  add(cells: readonly string[]): void {
    const { step, value, time, run, metric } = this.#places;
    const hash = cells[run] ?? '';
    const name = cells[metric] ?? '';
    if (hash === '' || name === '') return;
    let found = this.#runs.get(hash);
    if (found === undefined) {
      found = { columns: new PointColumns(), first: cells };
      this.#runs.set(hash, found);
    }
    const context = this.#contexts.map((index) => cells[index] ?? '').filter((cell) => cell !== '');
    const at = Date.parse(cells[time] ?? '');
    found.columns.add(
      [...context, name].join('/'),
      Number(cells[step]) || 0,
      Number.isNaN(at) ? this.#modified : at,
      numberOf(cells[value] ?? ''),
    );
  }

  take(): ImportedRun[] {
    const runs = [...this.#runs].map(([hash, { columns, first }]) => {
      const isFirst = !this.#described.has(hash);
      this.#described.add(hash);
      return {
        nativeId: hash,
        aliases: [`aim:${hash}`],
        experiment: 'aim',
        status: 'FINISHED' as const,
        ...(isFirst ? { params: this.#params(first) } : {}),
        series: columns.series().map((series) => {
          const identity = `${hash} ${series.key}`;
          const reset = !this.#begun.has(identity);
          this.#begun.add(identity);
          return { ...series, reset };
        }),
      };
    });
    this.#runs = new Map();
    return runs;
  }

  #params(cells: readonly string[]): { key: string; value: string }[] {
    return this.#columns.flatMap((name, index) => {
      const value = cells[index] ?? '';
      if (!name.startsWith('run.') || name === 'run.hash' || value === '') return [];
      return [{ key: withoutGroup(name.slice('run.'.length)), value }];
    });
  }
}

class RunFrame implements Frame {
  readonly #columns: readonly string[];
  readonly #modified: number;
  #runs: ImportedRun[] = [];

  constructor(columns: readonly string[], modified: number) {
    this.#columns = columns;
    this.#modified = modified;
  }

  add(cells: readonly string[]): void {
    const cell = (name: string) => cells[this.#columns.indexOf(name)] ?? '';
    const hash = cell('hash');
    if (hash === '') return;
    const created = seconds(cell('creation_time'));
    this.#runs.push({
      nativeId: hash,
      aliases: [`aim:${hash}`],
      experiment: cell('experiment') || 'aim',
      name: cell('name') || hash,
      note: cell('description'),
      status: cell('active') === 'True' ? 'RUNNING' : 'FINISHED',
      createdAt: created ?? this.#modified,
      startedAt: created,
      endedAt: seconds(cell('end_time')),
      tags: {
        ...Object.fromEntries(tagsOf(cell('tags')).map((tag) => [tag, ''])),
        ...(cell('archived') === 'True' ? { 'aim.archived': 'true' } : {}),
      },
      params: this.#columns.flatMap((name, index) => {
        const value = cells[index] ?? '';
        return properties.has(name) || value === '' ? [] : [{ key: withoutGroup(name), value }];
      }),
    });
  }

  take(): ImportedRun[] {
    const runs = this.#runs;
    this.#runs = [];
    return runs;
  }
}

/** Aim's examples put all params under `hparams`. */
function withoutGroup(name: string): string {
  return name.replace(/^hparams\./, '');
}

function numberOf(text: string): number {
  if (text === 'inf') return Number.POSITIVE_INFINITY;
  if (text === '-inf') return Number.NEGATIVE_INFINITY;
  return text === '' ? Number.NaN : Number(text);
}

function seconds(text: string): number | null {
  const time = Number(text);
  return text === '' || !Number.isFinite(time) ? null : time * 1000;
}

function tagsOf(text: string): string[] {
  try {
    const tags: unknown = JSON.parse(text);
    return Array.isArray(tags) ? tags.map(String) : [];
  } catch {
    return [];
  }
}
