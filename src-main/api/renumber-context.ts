/** What renumbering notebooks needs of an opened folder. */
import { join } from 'node:path';
import type { RenumberContext } from '../notebooks/index.ts';
import { recover, turnRound } from '../notebooks/index.ts';
import { renameRunNotebooks } from '../store/notebooks.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { recordEdit } from '../tracking/index.ts';
import { walkFolder } from '../workspace/index.ts';
import type { Session } from './session.ts';

/** The renumbering that was last written to the store. */
const setting = 'notebooks.renumbered';
/** What the undo log calls it. */
const renumberKind = 'notebooks';

export function renumberContext({ workspace, store, repository }: Session): RenumberContext {
  const { root, storeDir } = workspace;
  return {
    root,
    storeDir,
    git:
      repository === null
        ? null
        : {
            entries: (paths) => repository.indexEntries(paths),
            set: (entries) => repository.setIndexEntries(entries),
          },
    files: async ({ signal }) => (await walkFolder(root, signal)).files,
    committed: (id) => readSetting(store, setting) === id,
    commit: (id, renames, edit) => {
      store.transaction(() => {
        writeSetting(store, setting, id);
        const absolute = (path: string) => join(root, ...path.split('/'));
        const names = renames.flatMap(({ from, to }): [string, string][] => [
          [from, to],
          [absolute(from), to],
        ]);
        renameRunNotebooks(store, new Map(names));
        if (edit !== null) recordEdit(store, { kind: renumberKind, ...edit });
      });
    },
  };
}

/**
 * Puts back what a process that died while renumbering has left, before anything is said of
 * notebooks: half renamed, they are not what anybody means. Another one at work is waited for.
 */
export async function takeBackInterrupted(session: Session): Promise<void> {
  const { trusted, readOnly } = session.workspace;
  if (!trusted || readOnly) return;
  const recovered = await recover(renumberContext(session));
  if (recovered) session.changes.publish(['git', 'pipeline', 'workspace']);
}

/** Undoes or does again a renumbering that the undo log has kept. */
export async function turnNotebooksRound(session: Session, state: unknown): Promise<void> {
  session.requireTrust('Renaming notebooks');
  await turnRound(renumberContext(session), state);
  session.changes.publish(['runs', 'git', 'pipeline', 'workspace']);
}
