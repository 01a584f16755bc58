/** Many runs at once. */
import type { BulkEditOperation } from '../contract/bulk-edit.ts';
import type { Handlers } from '../rpc/index.ts';
import { mergeDuplicates } from '../tidy/index.ts';
import { editRuns, tagsOfRuns } from '../tracking/index.ts';
import type { ApiContext } from './context.ts';

export function bulkEditHandlers(context: ApiContext): Pick<Handlers, BulkEditOperation> {
  /** One topic for each run would be thousands; its list is enough beyond a few. */
  const publish = (ids: readonly string[]) => {
    const topics = ids.slice(0, 100).map((id) => `run:${id}`);
    context.session().changes.publish(['runs', 'notes', ...topics]);
  };
  return {
    'runs.edit': async (edit) => {
      const changed = editRuns(context.session().store, edit);
      publish(changed);
      return { changed };
    },
    'runs.tags': async ({ ids }) => ({ tags: tagsOfRuns(context.session().store, ids) }),
    'runs.mergeDuplicates': async (wanted) => {
      const { store, workspace } = context.session();
      const merged = mergeDuplicates({ store, storeDir: workspace.storeDir }, wanted);
      publish([wanted.into, ...merged]);
      return { merged };
    },
  };
}
