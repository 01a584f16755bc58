/** Reading a folder's sources into a store of its own. */
import { createListing, indexSources } from '../../src-main/importers/index.ts';
import type { Importer } from '../../src-main/importers/types.ts';
import type { Store } from '../../src-main/store/index.ts';
import { walkFolder } from '../../src-main/workspace/index.ts';
import { openWithStore } from './workspace.ts';

export interface SourcesUnderTest {
  readonly store: Store;
  /** @returns ids of the runs that were written */
  read(options?: { force?: boolean; thorough?: boolean }): Promise<string[]>;
  /** All rows of a query. */
  all(sql: string): Record<string, unknown>[];
}

export function sourcesOf(root: string, importers: readonly Importer[]): SourcesUnderTest {
  const { store } = openWithStore(root);
  return {
    store,
    read: async (options = {}) => {
      const { files } = await walkFolder(root);
      const listing = createListing(files);
      const result = await indexSources({ store, root, importers, listing, ...options }, {});
      return [...result.runs];
    },
    all: (sql) => store.prepare<[], Record<string, unknown>>(sql).all(),
  };
}

/** What a window would show of every run: for comparing two stores, or a store with itself. */
export const everything = `
  SELECT e.number || '.' || r.number AS label, e.name AS experiment, r.id, r.name, r.status,
    r.started_at, r.ended_at, r.note, r.command, r.user_name, r.base_commit, r.artifact_root,
    r.parent_id, r.deleted_at IS NOT NULL AS deleted,
    (SELECT json_group_object(n.name, p.value) FROM params p JOIN names n ON n.id = p.name
      WHERE p.run = r.seq) AS params,
    (SELECT json_group_array(s.name || ' ' || s.count || ' ' || coalesce(s.last, 'nan') || ' '
        || coalesce(s.min, '') || ' ' || coalesce(s.max, '')) FROM
        (SELECT n.name, x.* FROM metric_series x JOIN names n ON n.id = x.name
          WHERE x.run = r.seq ORDER BY n.name) s) AS metrics
  FROM runs r JOIN experiments e ON e.id = r.experiment_id ORDER BY e.number, r.number`;
