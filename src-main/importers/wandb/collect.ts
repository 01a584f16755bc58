/** What the transaction log of one run says, gathered until it is handed over. */
import {
  flattenItem,
  type WandbItem,
  type WandbRecord,
  type WandbRun,
} from '../../formats/wandb-record.ts';
import { PointColumns } from '../points.ts';
import type { ImportedMedia, ImportedSeries } from '../types.ts';

const mediaKinds: Readonly<Record<string, ImportedMedia['kind']>> = {
  'image-file': 'image',
  'audio-file': 'audio',
  'video-file': 'video',
  'table-file': 'table',
  histogram: 'histogram',
  'plotly-file': 'figure',
};

/** Kept from one reading to the next. */
export interface WandbMemory {
  /** Metrics that have a history: their summary says nothing new. */
  readonly logged: readonly string[];
  readonly stats: number;
  /** Where the history stood. */
  readonly step: number;
  readonly lastTime: number | null;
}

export class CollectedRun {
  run: WandbRun | null = null;
  command: string | null = null;
  user: string | null = null;
  commit: string | null = null;
  exitCode: number | null = null;
  /** Epoch ms of the last thing that has a time. */
  lastTime: number | null;
  readonly params = new Map<string, string>();
  /** `file` is the path among the run's files; null for what stands in the log itself. */
  readonly media: (Omit<ImportedMedia, 'path'> & { readonly file: string | null })[] = [];
  readonly #points = new PointColumns();
  readonly #summary = new Map<string, { step: number; time: number; value: number }>();
  readonly #logged: Set<string>;
  #stats: number;
  #step: number;

  constructor(memory: WandbMemory | null) {
    this.#logged = new Set(memory?.logged);
    this.#stats = memory?.stats ?? 0;
    this.#step = memory?.step ?? 0;
    this.lastTime = memory?.lastTime ?? null;
  }

  /** @param at where the record begins in the log */
  add(record: WandbRecord, at: number): void {
    if (record.kind === 'run') {
      this.run = record.run;
      this.commit ??= record.run.commit;
      this.#config(record.run.config);
    } else if (record.kind === 'config') this.#config(record.items);
    else if (record.kind === 'history') this.#history(record.step, record.items, at);
    else if (record.kind === 'summary') this.#summarise(record.items);
    else if (record.kind === 'stats') this.#system(record.time, record.items);
    else if (record.kind === 'exit') this.exitCode = record.code;
    else if (record.kind === 'environment') {
      const { program, args, user, commit } = record.environment;
      if (program !== '') this.command = ['python', program, ...args].join(' ');
      if (user !== '') this.user = user;
      this.commit = commit ?? this.commit;
    }
  }

  /** The points, and of what was only set in the summary one each. */
  series(): ImportedSeries[] {
    const only = new PointColumns();
    for (const [key, { step, time, value }] of this.#summary) {
      if (!this.#logged.has(key)) only.add(key, step, time, value);
    }
    return [...this.#points.series(), ...only.series({ reset: true })];
  }

  get memory(): WandbMemory {
    return {
      logged: [...this.#logged],
      stats: this.#stats,
      step: this.#step,
      lastTime: this.lastTime,
    };
  }

  #config(items: readonly WandbItem[]): void {
    for (const item of items) {
      flattenItem(item, (path, value) => {
        if (path[0] === '_wandb') return;
        this.params.set(path.join('.'), typeof value === 'string' ? value : JSON.stringify(value));
      });
    }
  }

  #history(step: number | null, items: readonly WandbItem[], at: number): void {
    const own = (name: string) => items.find((item) => item.path.join('.') === name)?.value;
    const numbered = own('_step') ?? step;
    if (typeof numbered === 'number') this.#step = numbered;
    const seconds = own('_timestamp');
    const time = typeof seconds === 'number' ? seconds * 1000 : (this.lastTime ?? 0);
    this.#saw(time);
    for (const item of items) {
      if (item.path[0]?.startsWith('_')) continue;
      flattenItem(item, (path, value) => {
        const key = path.join('.');
        if (typeof value === 'boolean' || typeof value === 'number') {
          this.#logged.add(key);
          this.#points.add(key, this.#step, time, Number(value));
        } else this.#mediaOf(key, value, time, at);
      });
    }
  }

  #summarise(items: readonly WandbItem[]): void {
    for (const item of items) {
      if (item.path[0]?.startsWith('_')) continue;
      flattenItem(item, (path, value) => {
        if (typeof value !== 'number') return;
        this.#summary.set(path.join('.'), { step: this.#step, time: this.lastTime ?? 0, value });
      });
    }
  }

  #system(time: number, items: readonly WandbItem[]): void {
    this.#saw(time);
    for (const { path, value } of items) {
      if (typeof value !== 'number') continue;
      this.#points.add(`system/${path.join('.')}`, this.#stats, time, value);
    }
    this.#stats += 1;
  }

  #mediaOf(key: string, value: unknown, time: number, at: number): void {
    if (typeof value !== 'object' || value === null) return;
    const { _type: type, path } = value as { _type?: unknown; path?: unknown };
    const kind = mediaKinds[String(type)];
    if (kind === undefined) return;
    const found = { kind, key, step: this.#step, time, length: null };
    if (typeof path === 'string') this.media.push({ ...found, offset: null, file: path });
    else if (kind === 'histogram') this.media.push({ ...found, offset: at, file: null });
  }

  #saw(time: number): void {
    if (time > (this.lastTime ?? 0)) this.lastTime = time;
  }
}
