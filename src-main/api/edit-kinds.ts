/** Every kind of edit that can be undone, and how. Loaded when something is. */
import { mergeEdits, trashEdits } from '../tidy/index.ts';
import { bulkEdits, type EditKinds, layoutEdits } from '../tracking/index.ts';
import { viewEdits } from '../tracking/views.ts';
import { turnNotebooksRound } from './renumber-context.ts';
import type { Session } from './session.ts';

export function editKinds(session: Session): EditKinds {
  const { store, workspace } = session;
  return {
    layout: layoutEdits(store),
    notebooks: { onDisk: (state) => turnNotebooksRound(session, state) },
    runs: bulkEdits(store),
    trash: trashEdits(store),
    merge: mergeEdits({ store, storeDir: workspace.storeDir }),
    views: viewEdits(store),
  };
}
