/** What MLflow says in tags and Cairn in fields of their own; shared with the reader of databases. */
import { posix } from 'node:path';
import type { ImportedRun } from '../types.ts';

type Fields = Pick<
  ImportedRun,
  'name' | 'user' | 'note' | 'parentNativeId' | 'command' | 'commit' | 'notebook'
>;

/**
 * Fields of a run by its tags.
 * @param root absolute workspace root, to find a notebook that the tags name by its absolute path
 * @param meta what the run's own record says; the tags count where it says nothing
 */
export function mlflowFields(
  root: string,
  tags: Readonly<Record<string, string>>,
  meta: {
    readonly name: string | null;
    readonly user: string | null;
    readonly source: string | null;
  },
): Fields {
  const name = meta.name || tags['mlflow.runName'];
  const user = tags['mlflow.user'] ?? meta.user;
  const source = tags['mlflow.source.name'] ?? meta.source ?? '';
  const note = tags['mlflow.note.content'];
  const commit = tags['mlflow.source.git.commit'];
  const isNotebook = source.endsWith('.ipynb');
  return {
    parentNativeId: tags['mlflow.parentRunId'] ?? null,
    notebook: isNotebook ? inWorkspace(root, source) : null,
    command: isNotebook ? '' : source,
    ...(name ? { name } : {}),
    ...(user ? { user } : {}),
    ...(note === undefined ? {} : { note }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** A path of the workspace, or null for one that lies elsewhere. */
function inWorkspace(root: string, path: string): string | null {
  const slashes = path.replaceAll('\\', '/');
  const base = `${root.replaceAll('\\', '/')}/`;
  const relative = slashes.startsWith(base) ? slashes.slice(base.length) : slashes;
  const normal = posix.normalize(relative);
  const elsewhere = normal.startsWith('/') || normal.startsWith('../') || /^[A-Za-z]:/.test(normal);
  return elsewhere ? null : normal;
}
