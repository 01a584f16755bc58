/** Keeping tidy. */
import type { Handlers } from '../rpc/index.ts';
import { readTrashed } from '../store/trash.ts';
import * as tidy from '../tidy/index.ts';
import type { ApiContext } from './context.ts';
import { quietly } from './quietly.ts';
import type { Session } from './session.ts';

type TidyOperation = Extract<keyof Handlers, `tidy.${string}` | `trash.${string}`>;

/** Runs that a preview names. */
const previewed = 100;

export function tidyHandlers(context: ApiContext): Pick<Handlers, TidyOperation> {
  const changed = <T>(result: T): T => {
    context.session().changes.publish(['runs']);
    return result;
  };
  const filterOf = (what: { rule: string } | { filter: string }) =>
    'rule' in what ? tidy.findRule(context.session().store, what.rule).filter : what.filter;
  return {
    'trash.list': async ({ offset, limit }) => {
      const { store, tracking, workspace } = context.session();
      const all = readTrashed(store);
      const page = all.slice(offset, offset + limit);
      const at = new Map(page.map((run) => [run.id, run.deleted_at]));
      const rows = tracking.rows(page.map((run) => run.id)).map((row) => ({
        ...row,
        deletedAt: at.get(row.id) as number,
        bytes: tidy.runBytes(workspace.storeDir, row.id),
      }));
      return { rows, total: all.length };
    },
    'trash.move': async ({ ids }) =>
      changed(tidy.moveToTrash(trashContext(context.session()), ids, { sparing: false })),
    'trash.restore': async ({ ids }) =>
      changed({ restored: tidy.restoreFromTrash(trashContext(context.session()), ids) }),
    'trash.measure': async ({ ids }) => {
      const { store, workspace } = context.session();
      const wanted = ids === null ? null : new Set(ids);
      const runs = readTrashed(store).filter((run) => wanted?.has(run.id) ?? true);
      const bytes = runs.map((run) => tidy.runBytes(workspace.storeDir, run.id));
      return { count: runs.length, bytes: bytes.reduce((sum, one) => sum + one, 0) };
    },
    'trash.purge': async ({ ids }, call) =>
      changed(
        await tidy.purgeTrash(trashContext(context.session()), ids, {
          signal: call.signal,
          onProgress: (report) => quietly(call.emit(report)),
        }),
      ),
    'tidy.rules': async () => ({ rules: tidy.readRules(context.session().store) }),
    'tidy.save': async (rule) => tidy.saveRule(context.session().store, rule),
    'tidy.remove': async ({ id }) => {
      tidy.removeRule(context.session().store, id);
      return {};
    },
    'tidy.preview': async (what) => {
      const session = context.session();
      const { ids, bytes, kept } = tidy.previewSweep(trashContext(session), filterOf(what));
      const rows = session.tracking.rows(ids.slice(0, previewed));
      return { count: ids.length, bytes, rows, kept: [...kept] };
    },
    'tidy.sweep': async (what) =>
      changed(tidy.sweep(trashContext(context.session()), filterOf(what))),
  };
}

/** What the trash needs of an opened workspace. */
export function trashContext(session: Session): tidy.TrashContext {
  const { store, workspace, logger } = session;
  return { store, storeDir: workspace.storeDir, code: () => session.code, logger };
}
