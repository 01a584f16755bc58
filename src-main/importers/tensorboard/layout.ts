/**
 * Which run an event file belongs to. TensorBoard takes every folder with event files for a run;
 * its writers, however, spread one run over several folders: Keras over `train` and `validation`,
 * PyTorch's `add_hparams` over a folder named by the time, `add_scalars` over one for each curve.
 */

const eventFile = /(?:^|\/)events\.out\.tfevents\.[^/]*$/;
/** What the runs of MLflow, W&B and Guild hold is shown with those runs. */
const foreign = /(?:^|\/)(?:mlruns|wandb|\.guild)\//;
const splits = /^(?:train(?:ing)?|val(?:id(?:ation)?)?|eval(?:uation)?(?:_[^/]+)?|test)$/i;
/** The name that `add_hparams` gives: `time.time()`. */
const timestamp = /^\d{9,11}\.\d+$/;

export function isEventFile(path: string): boolean {
  return eventFile.test(path) && !foreign.test(path) && !path.endsWith('.profile-empty');
}

export interface FolderPlace {
  /** The folder whose run this one is a part of; itself for most. */
  readonly run: string;
  /** Before the names of its metrics. */
  readonly prefix: string;
  /** The nearest folder above with events of its own, of which this may hold a curve (`add_scalars`). */
  readonly above: string | null;
}

/**
 * The place of each folder that holds event files.
 * @param folders relative to the source, `''` for itself
 */
export function placeFolders(folders: readonly string[]): Map<string, FolderPlace> {
  const present = new Set(folders);
  const below = Map.groupBy(folders, parentOf);
  return new Map(
    folders.map((folder) => {
      const parent = parentOf(folder);
      const name = folder.slice(parent === '' ? 0 : parent.length + 1);
      const own = { run: folder, prefix: '', above: null };
      if (folder === '') return [folder, own];
      const aboveLogs = present.has(parent);
      if (timestamp.test(name)) return [folder, { run: parent, prefix: '', above: null }];
      const siblings = below.get(parent) ?? [];
      const onlySplits = siblings.every((one) => splits.test(one.slice(one.lastIndexOf('/') + 1)));
      if (splits.test(name) && (aboveLogs || onlySplits)) {
        return [folder, { run: parent, prefix: `${name}/`, above: null }];
      }
      return [folder, { ...own, above: nearestAbove(folder, present) }];
    }),
  );
}

function nearestAbove(folder: string, present: ReadonlySet<string>): string | null {
  let above = folder;
  while (above !== '') {
    above = parentOf(above);
    if (present.has(above)) return above;
  }
  return null;
}

/**
 * The key in the run above of a metric that `add_scalars` wrote: PyTorch names the folder
 * `<tag with _ for />_<curve>`, tensorboardX `<tag>/<curve>`. Null when the folder is a run of its own.
 * @param suffix the folder, relative to the one above
 */
export function curveKey(suffix: string, tag: string): string | null {
  for (const start of [`${tag}/`, `${tag.replaceAll('/', '_')}_`]) {
    if (suffix.startsWith(start) && suffix.length > start.length) {
      return `${tag}/${suffix.slice(start.length)}`;
    }
  }
  return null;
}

export function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
}
