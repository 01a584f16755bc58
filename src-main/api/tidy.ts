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
      const { store, tracking } = context.session();
      const all = readTrashed(store);
      const page = all.slice(offset, offset + limit);
      const at = new Map(page.map((run) => [run.id, run.deleted_at]));
      const rows = tracking.rows(page.map((run) => run.id)).map((row) => ({
        ...row,
        deletedAt: at.get(row.id) as number,
      }));
      return { rows, total: all.length };
    },
    'trash.sizes': async ({ ids }, { signal }) => ({
      bytes: await sizesOf(context.session()).of(ids, { signal }),
    }),
    'trash.move': async ({ ids }) =>
      changed(tidy.moveToTrash(trashContext(context.session()), ids, { sparing: false })),
    'trash.restore': async ({ ids }) =>
      changed({ restored: tidy.restoreFromTrash(trashContext(context.session()), ids) }),
    'trash.measure': async ({ ids }, { signal }) => {
      const session = context.session();
      const wanted = ids === null ? null : new Set(ids);
      const runs = readTrashed(session.store).filter((run) => wanted?.has(run.id) ?? true);
      const all = runs.map((run) => run.id);
      return { count: all.length, bytes: await sizesOf(session).sum(all, { signal }) };
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
      const { ids, kept } = tidy.previewSweep(session, filterOf(what));
      const rows = session.tracking.rows(ids.slice(0, previewed));
      return { count: ids.length, rows, kept: [...kept] };
    },
    'tidy.measure': async (what, { signal }) => {
      const session = context.session();
      const { ids } = tidy.previewSweep(session, filterOf(what));
      return { bytes: await sizesOf(session).sum(ids, { signal }) };
    },
    'tidy.sweep': async (what) =>
      changed(tidy.sweep(trashContext(context.session()), filterOf(what))),
  };
}

const sizes = new WeakMap<Session, tidy.RunSizes>();

/** Remembered for as long as the folder is open. */
function sizesOf(session: Session): tidy.RunSizes {
  const known = sizes.get(session);
  if (known !== undefined) return known;
  const made = new tidy.RunSizes(session.workspace.storeDir);
  sizes.set(session, made);
  return made;
}

/** What the trash needs of an opened workspace. */
export function trashContext(session: Session): tidy.TrashContext {
  const { store, workspace, logger } = session;
  return { store, storeDir: workspace.storeDir, code: () => session.code, logger };
}
