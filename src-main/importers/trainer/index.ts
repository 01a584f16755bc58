/**
 * `trainer_state.json` of Hugging Face's Trainer: a log history that grows, copied into the folder of
 * each checkpoint. The one that got furthest stands for the run.
 */
import type { Work } from '../../base/progress.ts';
import { parsePythonJson, specialNumber } from '../../formats/python-json.ts';
import { PointColumns } from '../points.ts';
import { baseOf, folderOf, readChanged } from '../text-files.ts';
import type { Importer, Listing, RunSink, SourceReader } from '../types.ts';

const checkpoint = /(?:^|\/)checkpoint-\d+$/;
/** Of a row, what is not a metric. */
const notMetrics = new Set(['step', 'epoch']);

interface TrainerState {
  readonly log_history?: unknown;
  readonly global_step?: unknown;
  readonly max_steps?: unknown;
  readonly best_metric?: unknown;
  readonly best_model_checkpoint?: unknown;
  readonly num_train_epochs?: unknown;
  readonly train_batch_size?: unknown;
}

export const trainer: Importer = {
  kind: 'hf-trainer',

  find(listing: Listing): string[] {
    const found = listing.files.filter((path) => baseOf(path) === 'trainer_state.json');
    return [...new Set(found.map(outputOf))];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    const files = source.files.filter(
      (path) => baseOf(path) === 'trainer_state.json' && outputOf(path) === source.path,
    );
    let furthest = typeof source.state === 'number' ? source.state : -1;
    for (const path of files) {
      work.signal?.throwIfAborted();
      const file = await readChanged(source, sink, path);
      if (file === null) continue;
      const state = parse(file.text);
      if (state === null) {
        // It is written in place: the next reading finds it whole.
        sink.skipped(path, 'It is not whole: it may be just being written.');
        continue;
      }
      const step = typeof state.global_step === 'number' ? state.global_step : 0;
      if (step >= furthest) {
        furthest = step;
        sink.run(toRun(source, state, file.modified));
      }
      sink.done(path, file.stamp);
    }
    source.state = furthest;
  },
};

function outputOf(path: string): string {
  const folder = folderOf(path);
  return checkpoint.test(folder) ? folderOf(folder) : folder;
}

function toRun(source: SourceReader, state: TrainerState, modified: number) {
  const columns = new PointColumns();
  const rows = Array.isArray(state.log_history) ? (state.log_history as unknown[]) : [];
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) continue;
    const values = row as Record<string, unknown>;
    const step = typeof values.step === 'number' ? values.step : 0;
    for (const [key, value] of Object.entries(values)) {
      const number = specialNumber(value);
      if (number !== null && !notMetrics.has(key)) columns.add(key, step, modified, number);
    }
  }
  const params = (['num_train_epochs', 'train_batch_size', 'max_steps'] as const).flatMap((key) =>
    typeof state[key] === 'number' ? [{ key, value: String(state[key]) }] : [],
  );
  const done = typeof state.max_steps === 'number' && state.global_step === state.max_steps;
  const best = state.best_model_checkpoint;
  return {
    nativeId: 'run',
    experiment: 'trainer',
    name: source.path === '' ? 'trainer' : source.path,
    status: 'FINISHED' as const,
    createdAt: modified,
    endedAt: modified,
    artifactRoot: source.path,
    params,
    tags: {
      ...(typeof best === 'string' ? { best_model_checkpoint: best } : {}),
      ...(done ? {} : { 'trainer.stopped_at_step': String(state.global_step ?? '') }),
    },
    series: columns.series({ reset: true }),
  };
}

function parse(text: string): TrainerState | null {
  try {
    const value = parsePythonJson(text);
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
