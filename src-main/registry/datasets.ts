/** Datasets that runs used: known by name and digest within an experiment. */
import { ensureDataset, linkDataset } from '../store/datasets.ts';
import type { Store } from '../store/store.ts';
import { checkLength } from './names.ts';

const maxName = 500;
const maxDigest = 36;
const maxSource = 65_535;
const maxSchema = (1 << 20) - 1;
const maxProfile = (1 << 24) - 1;
const maxTagKey = 255;
const maxTagValue = 500;

interface DatasetUse {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  /** JSON, as the kind of source has it; nothing is read from there. */
  readonly source: string;
  readonly schema: string | null;
  readonly profile: string | null;
  /** `mlflow.data.context` says what it was used for. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Notes that a run used these datasets. Saying so again changes nothing.
 * @throws CairnError `invalid` for what is too long
 */
export function logDatasets(
  store: Store,
  run: { readonly seq: number; readonly experiment_id: string },
  uses: readonly DatasetUse[],
): void {
  for (const use of uses) {
    check(use);
    const id = ensureDataset(store, {
      experiment_id: run.experiment_id,
      name: use.name,
      digest: use.digest,
      source_type: use.sourceType,
      source: use.source,
      schema: use.schema,
      profile: use.profile,
    });
    linkDataset(store, run.seq, id, use.tags);
  }
}

function check(use: DatasetUse): void {
  checkLength('name', use.name, maxName);
  checkLength('digest', use.digest, maxDigest);
  checkLength('source', use.source, maxSource);
  checkLength('schema', use.schema ?? '', maxSchema);
  checkLength('profile', use.profile ?? '', maxProfile);
  for (const [key, value] of Object.entries(use.tags)) {
    checkLength('key', key, maxTagKey);
    checkLength('value', value, maxTagValue);
  }
}
