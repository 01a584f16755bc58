/** Notebooks: listed, looked at, put into another order. */
import { isAbsolute, join, posix } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { NotebookPlan, NotebookRow } from '../contract/notebooks.ts';
import { notebookTitle } from '../formats/ipynb.ts';
import {
  NotebookList,
  planOrder,
  readNotebook,
  readParameters,
  renumber,
  viewCells,
} from '../notebooks/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { countNotebookRuns, readNotebookRuns } from '../store/notebooks.ts';
import { walkFolder } from '../workspace/index.ts';
import type { ApiContext } from './context.ts';
import { renumberContext, takeBackInterrupted } from './renumber-context.ts';
import type { Session } from './session.ts';

type NotebookOperation = Extract<keyof Handlers, `notebooks.${string}`>;
type Files = readonly string[];

const shownRuns = 200;

export function notebookHandlers(context: ApiContext): Pick<Handlers, NotebookOperation> {
  const lists = new WeakMap<Session, NotebookList>();
  const listOf = (session: Session): NotebookList => {
    const list = lists.get(session) ?? new NotebookList(session.workspace.root);
    lists.set(session, list);
    return list;
  };
  return {
    'notebooks.list': async (_, { signal }) => {
      const session = context.session();
      const { root } = session.workspace;
      await takeBackInterrupted(session);
      const { files } = await walkFolder(root, signal);
      const { folders, cut } = await listOf(session).read(files, { signal });
      // The window may have gone meanwhile, and its folder been closed.
      signal.throwIfAborted();
      const counts = countNotebookRuns(session.store);
      const bases = uniqueBases(files);
      const rows = folders.map(({ path: folder, notebooks }) => ({
        path: folder,
        notebooks: notebooks.map(
          ({
            number: _number,
            separator: _separator,
            rest: _rest,
            missing,
            ...row
          }): NotebookRow => ({
            ...row,
            missing: [...missing],
            runs: namesOf(root, row.path, bases).reduce(
              (n, name) => n + (counts.get(name) ?? 0),
              0,
            ),
          }),
        ),
      }));
      return { folders: rows, cut };
    },
    'notebooks.get': async ({ path: asked }, { signal }) => {
      const session = context.session();
      const { root } = session.workspace;
      await takeBackInterrupted(session);
      const { files } = await walkFolder(root, signal);
      const path = pathOf(root, asked, files);
      requireInside(path);
      const notebook = await readNotebook(root, path);
      const names = namesOf(root, path, uniqueBases(files));
      return {
        path,
        title: notebookTitle(notebook),
        kernel: notebook.kernel,
        kernelTitle: notebook.kernelTitle,
        language: notebook.language,
        cells: viewCells(notebook),
        totalCells: notebook.cells.length,
        parameters: readParameters(notebook),
        runs: session.tracking.rows(readNotebookRuns(session.store, names, shownRuns)),
      };
    },
    'notebooks.plan': async (request, { signal }): Promise<NotebookPlan> => {
      const session = context.session();
      requireInside(request.folder);
      await takeBackInterrupted(session);
      const { change, lines, warnings, stamp } = await planOrder(
        renumberContext(session),
        request,
        { signal },
      );
      const counts = countNotebookRuns(session.store);
      return {
        renames: change.renames,
        edits: change.edits.map(({ path, spans }) => ({
          path,
          count: spans.length,
          lines: [...(lines.get(path) ?? [])],
        })),
        runs: change.renames.reduce((total, { from }) => total + (counts.get(from) ?? 0), 0),
        warnings: [...warnings],
        stamp,
      };
    },
    'notebooks.renumber': async (request, { signal }) => {
      const session = context.session();
      session.requireTrust('Renaming notebooks');
      requireInside(request.folder);
      await takeBackInterrupted(session);
      const { change } = await renumber(renumberContext(session), request, { signal });
      session.changes.publish(['runs', 'git', 'pipeline', 'workspace']);
      return { renamed: change.renames.length, edited: change.edits.length };
    },
  };
}

/**
 * What runs call a notebook: its path, the absolute one, and, as MLflow's client does, the mere name,
 * where no other notebook has the same.
 */
function namesOf(root: string, path: string, bases: ReadonlySet<string>): string[] {
  const base = posix.basename(path);
  const names = [path, join(root, ...path.split('/'))];
  return bases.has(base) ? [...new Set([...names, base])] : names;
}

/** The reverse of {@link namesOf}: a run may call its notebook by a name that is no path here. */
function pathOf(root: string, name: string, files: Files): string {
  if (files.includes(name)) return name;
  return (
    files.find((path) => /\.ipynb$/i.test(path) && join(root, ...path.split('/')) === name) ??
    (uniqueBases(files).has(name)
      ? files.find((path) => posix.basename(path) === name)
      : undefined) ??
    name
  );
}

/** Base names that only one notebook has. */
function uniqueBases(files: Files): Set<string> {
  const notebooks = files.filter((path) => /\.ipynb$/i.test(path));
  const grouped = Map.groupBy(notebooks, (path) => posix.basename(path));
  return new Set([...grouped].filter(([, same]) => same.length === 1).map(([base]) => base));
}

function requireInside(path: string): void {
  const fine =
    !isAbsolute(path) && !/[\\\0]|^[a-z]:/i.test(path) && !path.split('/').includes('..');
  if (!fine) throw new CairnError('invalid', `${JSON.stringify(path)} is no path of this folder.`);
}
