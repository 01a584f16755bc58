/** What happened to registered models, for the timeline: versions made, stages and aliases moved. */
import type { Store } from './store.ts';

export interface PromotionRecord {
  id: number;
  at: number;
  /** `unalias`: the alias was taken away. */
  change: 'version' | 'stage' | 'alias' | 'unalias';
  name: string;
  version: number;
  /** The stage or the alias; '' for a new version. */
  value: string;
  /** The stage it had, or the version that had the alias; '' when there was none. */
  before: string;
}

/** The run that the version was made from, with its number. */
export type PromotionRow = PromotionRecord & { run_id: string | null; label: string | null };

/** Inside a transaction. */
export function insertPromotion(store: Store, promotion: Omit<PromotionRecord, 'id'>): void {
  store
    .prepare(
      `INSERT INTO promotions (at, change, name, version, value, before)
       VALUES (@at, @change, @name, @version, @value, @before)`,
    )
    .run(promotion);
}

export function readPromotions(store: Store, ids: readonly string[]): PromotionRow[] {
  return store
    .prepare<[string], PromotionRow>(
      `SELECT p.*, r.id AS run_id, printf('%02d.%d', e.number, r.number) AS label
       FROM promotions p
       LEFT JOIN model_versions v ON v.name = p.name AND v.version = p.version
       LEFT JOIN runs r ON r.id = v.run_id LEFT JOIN experiments e ON e.id = r.experiment_id
       WHERE p.id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(ids.map(Number)));
}
