/** The checkpoints of a run or a folder: which there are, and how the model moved over them. */
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';
import { CairnError } from '../../base/errors.ts';
import { maxCheckpoints, type seriesSource } from '../../contract/model-series.ts';
import {
  type CheckpointSource,
  checkpointsOf,
  diffSeries,
  longestSeries,
  type ModelDiffCache,
  seriesSteps,
} from '../../models/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import { readModelsOfRun } from '../../store/logged-models.ts';
import { readRun } from '../../store/runs.ts';
import { artifactFolder, modelArtifactFolder, resolveArtifact } from '../../tracking/artifacts.ts';
import { listRunArtifacts } from '../run-artifacts.ts';
import { readManifest } from './contents.ts';
import type { DiffContext, DiffSession } from './context.ts';
import { type FileSource, locateModel } from './locate.ts';
import { resolveSide } from './sides.ts';

interface FoundSeries {
  readonly place: string;
  readonly checkpoints: ReadonlyArray<{
    readonly label: string;
    readonly path: string;
    readonly source: FileSource;
  }>;
}

/** Folders that are looked into for their model, and files that are listed of a run. */
const maxFolders = 1000;
const maxFiles = 20_000;

export function seriesHandlers(
  context: DiffContext,
  models: ModelDiffCache,
): Pick<Handlers, 'diff.series'> {
  return {
    'diff.series': async ({ source }, { signal, emit }) => {
      const found = await findSeries(context, source);
      const shown = found.checkpoints.slice(0, maxCheckpoints);
      await emit({
        kind: 'checkpoints',
        checkpoints: shown.map(({ label, path }) => ({ label, path })),
        place: found.place,
        leftOut: found.checkpoints.length - shown.length,
        total: seriesSteps(shown.length).length,
      });
      const sources = shown.map(
        ({ label, source: file }): CheckpointSource => ({
          label,
          open: () => locateModel(context, file, { signal }),
        }),
      );
      return await diffSeries(sources, { signal }, emit, models);
    },
  };
}

async function findSeries(
  context: DiffContext,
  source: z.infer<typeof seriesSource>,
): Promise<FoundSeries> {
  if (source.kind === 'run') return await seriesOfRun(context.session(), source.reference);
  const root = context.current()?.workspace.root;
  if (!isAbsolute(source.path) && root === undefined) {
    throw new CairnError('invalid', `${source.path}: give the whole path of the folder.`);
  }
  const folder = resolve(root ?? '/', source.path);
  const files = await filesOf(folder);
  if (files === null) {
    throw new CairnError('not-found', `There is no folder ${folder}. Choose one with model files.`);
  }
  return {
    place: folder,
    checkpoints: checkpointsOf(files).map(({ label, path }) => ({
      ...{ label, path },
      source: { kind: 'file', path: join(folder, path) },
    })),
  };
}

/** The files of a folder and of the folders in it, relative to it; null where there is none. */
async function filesOf(folder: string): Promise<string[] | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const files = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  for (const { name } of entries.filter((entry) => entry.isDirectory()).slice(0, maxFolders)) {
    const inside = await readdir(join(folder, name), { withFileTypes: true }).catch(() => []);
    for (const entry of inside) if (!entry.isDirectory()) files.push(`${name}/${entry.name}`);
  }
  return files;
}

/** The longest series among what a run wrote, what it logged, and its logged models. */
async function seriesOfRun(session: DiffSession, reference: string): Promise<FoundSeries> {
  const side = await resolveSide(session, reference);
  if (side.runId === null || side.runIds !== undefined) {
    throw new CairnError('invalid', `${side.title} is not a run. Name a run, such as 02.7.`);
  }
  const id = side.runId;
  const outputs = await outputsOf(session, id);
  const { files } = await listRunArtifacts(session, id, maxFiles);
  const series = [outputs, files.map(({ path }) => path)].map((paths): FoundSeries => {
    const { folder, checkpoints } = longestSeries(paths);
    return {
      place: folder === '' ? side.title : `${side.title}: ${folder}`,
      checkpoints: checkpoints.map(({ label, path }) => ({
        ...{ label, path },
        source: { kind: 'tracked', reference, path },
      })),
    };
  });
  series.push({ place: side.title, checkpoints: await loggedModels(session, id) });
  return series.reduce((best, one) =>
    one.checkpoints.length > best.checkpoints.length ? one : best,
  );
}

/** What stages of a run wrote, with the files of directories, as far as their lists are here. */
async function outputsOf(session: DiffSession, id: string): Promise<string[]> {
  const paths = new Set<string>();
  for (const { path, hash, role } of session.tracking.get(id).files) {
    if (role === 'dep') continue;
    if (!hash?.endsWith('.dir')) paths.add(path);
    else {
      for (const entry of (await readManifest(session, hash)) ?? []) {
        paths.add(`${path}/${entry.path}`);
      }
    }
  }
  return [...paths];
}

/** Models that MLflow's clients logged from one run, as they were made: MLflow 3 has many of a name. */
async function loggedModels(
  { store, workspace }: DiffSession,
  id: string,
): Promise<FoundSeries['checkpoints'][number][]> {
  const run = readRun(store, id);
  if (run === undefined) return [];
  const found: FoundSeries['checkpoints'][number][] = [];
  const seen = new Map<string, number>();
  for (const model of readModelsOfRun(store, run)) {
    const folder =
      model.artifact_root === null
        ? modelArtifactFolder(workspace.storeDir, model.id)
        : artifactFolder(workspace.storeDir, workspace.root, model);
    if (folder === null) continue;
    const path = await modelIn(folder.path);
    const real = path && (await resolveArtifact(folder, path.split('/')).catch(() => null));
    if (!real) continue;
    const count = (seen.get(model.name) ?? 0) + 1;
    seen.set(model.name, count);
    const label = count === 1 ? model.name : `${model.name} ${count}`;
    found.push({ label, path: `${model.name}/${path}`, source: { kind: 'file', path: real } });
  }
  return found;
}

/** The weights of a logged model, which lie in its folder or in one of its folders. */
async function modelIn(folder: string): Promise<string | null> {
  const files = (await filesOf(folder)) ?? [];
  const [weights] = checkpointsOf(files);
  if (weights === undefined) return null;
  const found = await stat(join(folder, weights.path)).catch(() => null);
  return found?.isFile() ? weights.path : null;
}
