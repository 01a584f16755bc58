/** Follows metrics files while they grow and stores their points in batches. */
import type { Logger } from '../../base/logger.ts';
import type { MetricPoint, Tracking } from '../../tracking/index.ts';
import { FollowedFile } from './followed-file.ts';

export interface PointsFile {
  /** Absolute. */
  readonly path: string;
  /** Put before each key: `training/`. */
  readonly prefix: string;
}

export interface PointsContext {
  readonly tracking: Tracking;
  readonly logger: Logger;
}

/** A curve is up to date within this time. */
const everyMs = 400;

export class PointsFollower {
  readonly #sources: PointsSource[];
  readonly #timer: NodeJS.Timeout | null;

  /** Files may not be there yet. What is in them already belongs to an earlier run. */
  constructor(context: PointsContext, runId: string, files: readonly PointsFile[]) {
    this.#sources = files.map((file) => new PointsSource(context, runId, file));
    this.#timer = files.length === 0 ? null : setInterval(() => this.#read(false), everyMs);
    this.#timer?.unref();
  }

  /** Reads what is left, the last line without its end among it. */
  async finish(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#read(true);
  }

  #read(last: boolean): void {
    for (const source of this.#sources) source.read(last);
  }
}

/** One file, and what of it is not stored yet. */
class PointsSource {
  readonly #context: PointsContext;
  readonly #runId: string;
  readonly #file: PointsFile;
  readonly #followed: FollowedFile;
  /** Keys whose points are from the file as it was before it was written anew. */
  readonly #outdated = new Set<string>();
  readonly #keys = new Set<string>();
  #pending: MetricPoint[] = [];
  #warned = false;

  constructor(context: PointsContext, runId: string, file: PointsFile) {
    this.#context = context;
    this.#runId = runId;
    this.#file = file;
    this.#followed = new FollowedFile(file.path);
  }

  /** A file that cannot be read, or a store that is locked, does not end the run: later will do. */
  read(last: boolean): void {
    try {
      const { restarted, points } = this.#followed.read(last);
      if (restarted) this.#forget();
      const now = Date.now();
      for (const point of points) {
        const key = this.#file.prefix + point.key;
        this.#pending.push({ ...point, key, time: point.time ?? now });
      }
      this.#store();
    } catch (error) {
      if (this.#warned && !last) return;
      this.#warned = true;
      this.#context.logger.warn(`Metrics of ${this.#file.path} could not be read`, error);
    }
  }

  #forget(): void {
    this.#pending = [];
    for (const key of this.#keys) this.#outdated.add(key);
    this.#keys.clear();
  }

  #store(): void {
    const { tracking } = this.#context;
    if (this.#outdated.size > 0) tracking.resetMetrics(this.#runId, [...this.#outdated]);
    this.#outdated.clear();
    if (this.#pending.length === 0) return;
    tracking.appendMetrics(this.#runId, this.#pending);
    for (const { key } of this.#pending) this.#keys.add(key);
    this.#pending = [];
  }
}
