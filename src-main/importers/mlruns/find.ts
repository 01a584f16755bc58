/** Where MLflow's FileStore kept its runs: `<experiment>/<run>/meta.yaml`, whatever the folder's name. */
import type { Listing } from '../types.ts';

const runId = /^[0-9a-f]{32}$/;
/** Numbers of 1 or of 18 digits; `Default` is 0. */
const experimentId = /^\d{1,20}$/;

/** Folders beside the runs of an experiment, and beside the experiments, that hold other things. */
const notRuns = new Set(['models', 'datasets', 'traces', 'tags']);

/** One run of a source: where its folder lies. */
export interface RunPlace {
  /** Run folder relative to the source, which is the item's key. */
  readonly key: string;
  readonly runId: string;
  /** Experiment folder relative to the source; '' when the source is an experiment itself. */
  readonly experiment: string;
  readonly inTrash: boolean;
}

/** The folders that hold experiments; a folder that is an experiment itself, opened alone. */
export function findMlruns(listing: Listing): string[] {
  const found = new Set<string>();
  for (const file of listing.files) {
    if (!file.endsWith('/meta.yaml')) continue;
    const folders = file.split('/').slice(0, -1);
    const last = folders.at(-1) as string;
    const before = folders.at(-2);
    if (runId.test(last) && before !== undefined && isExperiment(listing, folders.slice(0, -1))) {
      found.add(rootOf(folders.slice(0, -2)));
    } else if (runId.test(last) && folders.length === 1 && listing.has('meta.yaml')) {
      found.add('');
    } else if (experimentId.test(last) && (before === 'mlruns' || before === '.trash')) {
      found.add(rootOf(folders.slice(0, -1)));
    }
  }
  return [...found];
}

/** The runs of a source among its files. */
export function placesOf(source: string, files: readonly string[]): RunPlace[] {
  const skip = source === '' ? 0 : source.length + 1;
  const alone = source === '' && files.includes('meta.yaml');
  return files.flatMap((file) => {
    if (!file.endsWith('/meta.yaml')) return [];
    const parts = file.slice(skip).split('/').slice(0, -1);
    const inTrash = parts[0] === '.trash';
    const [experiment, run, ...more] = inTrash ? parts.slice(1) : parts;
    if (experiment === undefined || more.length > 0) return [];
    if (alone && run === undefined && runId.test(experiment)) {
      return [{ key: experiment, runId: experiment, experiment: '', inTrash: false }];
    }
    if (run === undefined || notRuns.has(run) || experiment === 'models') return [];
    return [
      {
        key: parts.join('/'),
        runId: run,
        experiment: parts.slice(0, -1).join('/'),
        inTrash,
      },
    ];
  });
}

function isExperiment(listing: Listing, folders: readonly string[]): boolean {
  const name = folders.at(-1) as string;
  return experimentId.test(name) || listing.has(`${folders.join('/')}/meta.yaml`);
}

function rootOf(folders: readonly string[]): string {
  return (folders.at(-1) === '.trash' ? folders.slice(0, -1) : folders).join('/');
}
