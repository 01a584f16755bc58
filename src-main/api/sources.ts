/** Runs of other tools: where they were found, and reading them again. */
import { lstatSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { RunOrigin, SourceRow } from '../contract/sources.ts';
import { declareSource, sourceKey, undeclareSource } from '../importers/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { listSources, readOrigins, readSkipped, type SourceListRecord } from '../store/sources.ts';
import type { ApiContext } from './context.ts';
import { keepHandlers } from './keep-runs.ts';
import { quietly } from './quietly.ts';
import { listRunArtifacts } from './run-artifacts.ts';
import type { Session } from './session.ts';
import { sourceTopics } from './source-topics.ts';

type SourceOperation = Extract<keyof Handlers, `sources.${string}`>;

export function sourceHandlers(context: ApiContext): Pick<Handlers, SourceOperation> {
  return {
    ...keepHandlers(context),
    'sources.list': async ({ skippedLimit }) => {
      const { store } = context.session();
      return { sources: listSources(store).map((record) => toRow(store, record, skippedLimit)) };
    },
    'sources.read': async ({ id, force }, call) => {
      const session = context.session();
      const only = id === null ? {} : { only: new Set([keyOf(session, id)]) };
      const sources = await session.sources();
      const { runs } = await sources.read(
        { force, thorough: true, ...only },
        { signal: call.signal, onProgress: (report) => quietly(call.emit(report)) },
      );
      session.changes.publish(sourceTopics(runs));
      return { runs: runs.size };
    },
    'sources.artifacts': async ({ id, limit }) => listRunArtifacts(context.session(), id, limit),
    'sources.declare': async (declaration, call) => {
      const session = context.session();
      requireFile(session, declaration.path);
      declareSource(session.store, declaration);
      const sources = await session.sources();
      const { runs } = await sources.read({}, { signal: call.signal });
      session.changes.publish(sourceTopics(runs));
      return { runs: runs.size };
    },
    'sources.undeclare': async ({ path }, call) => {
      const session = context.session();
      const removed = undeclareSource(session.store, path);
      if (removed) {
        await (await session.sources()).read({}, { signal: call.signal });
        session.changes.publish(sourceTopics(new Set()));
      }
      return { removed };
    },
    'sources.ofRun': async ({ id }) => ({
      origins: readOrigins(context.session().store, id).map(
        (record): RunOrigin => ({
          sourceId: record.source_id,
          kind: record.kind,
          path: record.path,
          nativeId: record.native_id,
          secondary: record.secondary === 1,
          writtenAt: record.written_at,
          gone:
            record.kept_at === null && (record.gone_at !== null || record.source_gone_at !== null),
          keptAt: record.kept_at,
        }),
      ),
    }),
  };
}

function keyOf({ store }: Session, id: number): string {
  const record = listSources(store).find((source) => source.id === id);
  if (record === undefined) {
    throw new CairnError('not-found', 'That source is not known any more. Look again.');
  }
  return sourceKey(record.kind, record.path);
}

function toRow(store: Session['store'], record: SourceListRecord, limit: number): SourceRow {
  const skipped = record.skipped === 0 || limit === 0 ? [] : readSkipped(store, record.id, limit);
  return {
    id: record.id,
    kind: record.kind,
    path: record.path,
    runs: record.runs,
    goneRuns: record.gone_runs,
    keptRuns: record.kept_runs,
    elsewhere: isAbsolute(record.path),
    readAt: record.read_at,
    problem: record.problem,
    goneAt: record.gone_at,
    skippedCount: record.skipped,
    skipped: skipped.map(({ key, problem }) => ({ key, reason: problem ?? '' })),
  };
}

/** A file of the workspace, and no other. */
function requireFile({ workspace }: Session, path: string): void {
  const parts = path.split('/');
  const isInside = !isAbsolute(path) && !path.includes('\\') && !parts.includes('..');
  const stat = isInside
    ? lstatSync(join(workspace.root, path), { throwIfNoEntry: false })
    : undefined;
  if (stat?.isFile() === true) return;
  throw new CairnError('not-found', `${path} is no file in ${workspace.root}.`);
}
