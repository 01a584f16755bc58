/** Handing over: preview, export, verify, reproduce. */
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { newId } from '../base/ids.ts';
import { programVersion } from '../base/program-folder.ts';
import {
  type ExportSources,
  exportBundle,
  previewBundle,
  reproduceBundle,
  verifyBundle,
} from '../bundles/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { insertBundle } from '../store/timeline.ts';
import { readCurves } from '../tracking/index.ts';
import type { ApiContext } from './context.ts';
import { executeBundle } from './execute-bundle.ts';
import { quietly } from './quietly.ts';
import type { Session } from './session.ts';
import { compareTensors } from './tensor-tolerance.ts';

/** The verdict in the store of a bundle that came out as it should. */
export const reproduced = 'reproduced';

type BundleOperation = Extract<keyof Handlers, `bundles.${string}`>;

export function bundleHandlers(context: ApiContext): Pick<Handlers, BundleOperation> {
  return {
    'bundles.preview': async ({ runId }) => previewBundle(sourcesOf(context.session(), runId)),
    'bundles.export': async ({ runId, output, leaveOut, overwrite }, call) => {
      const session = context.session();
      const sources = sourcesOf(session, runId);
      const made = await exportBundle(
        sources,
        resolve(session.workspace.root, output),
        { leaveOut, overwrite },
        { signal: call.signal, onProgress: (report) => quietly(call.emit(report)) },
      );
      remember(context, 'exported', made.path, runId, sources.run.label, '');
      return made;
    },
    'bundles.verify': async ({ path }, call) =>
      verifyBundle(resolve(path), {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      }),
    'bundles.reproduce': async ({ path, into, tolerance }, call) => {
      const work = {
        signal: call.signal,
        onProgress: (report: Parameters<typeof call.emit>[0]) => quietly(call.emit(report)),
      };
      const { cache, close } = context.hashCache();
      try {
        const report = await reproduceBundle(
          resolve(path),
          into === null ? null : resolve(into),
          tolerance,
          {
            cache,
            compareTensors,
            home: homedir(),
            execute: (folder, record) =>
              executeBundle(context, folder, record, call.signal, (log) =>
                quietly(call.emit({ log })),
              ),
          },
          work,
        );
        const verdict = report.ok ? reproduced : 'not reproduced';
        remember(context, 'reproduced', resolve(path), null, report.folder, verdict);
        return report;
      } finally {
        close();
      }
    },
  };
}

function sourcesOf(session: Session, runId: string): ExportSources {
  const { tracking, store, workspace, cache } = session;
  return {
    run: tracking.get(runId, session.available),
    spec: tracking.spec(runId),
    params: tracking.params(runId),
    curves: readCurves(store, [runId], null, Number.POSITIVE_INFINITY).series,
    programVersion: programVersion(),
    root: workspace.root,
    home: homedir(),
    user: userName(),
    code: session.code,
    objects: [session.objects, session.kept],
    cache,
    artifacts: join(workspace.storeDir, 'artifacts', runId),
    logPath: (stage) => tracking.logPath(runId, stage),
  };
}

/** Empty where the system has no name for the user, as in some containers. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** A cell of the timeline, where a folder is open to have one. */
function remember(
  context: ApiContext,
  direction: 'exported' | 'reproduced',
  path: string,
  runId: string | null,
  label: string,
  verdict: string,
): void {
  const session = context.current();
  if (session === null) return;
  const bundle = { id: newId(), at: Date.now(), direction, path, run_id: runId, label, verdict };
  session.store.transaction(() => insertBundle(session.store, bundle));
  session.changes.publish(['bundles', 'notes']);
}
