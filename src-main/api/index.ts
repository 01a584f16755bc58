/** From the contract to the services: one handler per operation, a file per domain. */
import type { OperationName } from '../contract/index.ts';
import type { HandlerContext, Handlers } from '../rpc/index.ts';
import type { ApiContext } from './context.ts';
import { experimentHandlers } from './experiments.ts';
import { pipelineHandlers } from './pipeline.ts';
import { runHandlers } from './runs.ts';
import { workspaceHandlers } from './workspace.ts';

export function createHandlers(context: ApiContext): Handlers {
  return {
    ...workspaceHandlers(context),
    ...runHandlers(context),
    ...experimentHandlers(context),
    ...pipelineHandlers(context),
    ...later(['disk.usage', 'disk.removePictures'], async () =>
      (await import('./disk.ts')).diskHandlers(context),
    ),
    ...later(
      [
        'notes.create',
        'notes.update',
        'notes.delete',
        'notes.restore',
        'notes.history',
        'notes.version',
        'notes.addImage',
        'notes.image',
        'notes.files',
      ],
      async () => (await import('./notes.ts')).noteHandlers(context),
    ),
    ...later(
      ['timeline.list', 'timeline.outline', 'timeline.cells', 'timeline.export', 'timeline.figure'],
      async () => (await import('./timeline/index.ts')).timelineHandlers(context),
    ),
    ...later(
      ['charts.against', 'charts.bands', 'charts.importance', 'layouts.get', 'layouts.set'],
      async () => (await import('./charts.ts')).chartHandlers(context),
    ),
    ...later(['diff.content', 'diff.table', 'diff.bytes', 'diff.files'], async () =>
      (await import('./diff/content/index.ts')).contentHandlers(context),
    ),
    ...later(
      [
        'files.describe',
        'files.bytes',
        'files.table',
        'files.notebook',
        'files.settings',
        'files.tensors',
        'files.folder',
      ],
      async () => (await import('./files/index.ts')).fileHandlers(context),
    ),
    ...later(['media.list', 'media.read', 'media.histograms'], async () =>
      (await import('./media.ts')).mediaHandlers(context),
    ),
    ...later(
      [
        'runs.system',
        'runs.lineage',
        'runs.plots',
        'runs.logTimes',
        'runs.openShell',
        'runs.checkOut',
      ],
      async () => (await import('./run-page/index.ts')).runPageHandlers(context),
    ),
    ...later(
      [
        'table.page',
        'table.runs',
        'table.columns',
        'table.fields',
        'table.tree',
        'table.groups',
        'table.aggregate',
        'table.complete',
        'table.outline',
      ],
      async () => (await import('./run-table.ts')).runTableHandlers(context),
    ),
    ...later(
      [
        'views.list',
        'views.save',
        'views.rename',
        'views.remove',
        'views.setStandard',
        'views.keep',
      ],
      async () => (await import('./views.ts')).viewHandlers(context),
    ),
    ...later(
      [
        'diff.summary',
        'diff.many',
        'diff.manyFiles',
        'diff.file',
        'diff.directory',
        'diff.model',
        'diff.tensor',
        'diff.modelReport',
        'diff.taskVectors',
        'diff.taskVectorReport',
        'diff.structure',
        'diff.trees',
        'diff.tree',
        'diff.modelCode',
        'diff.series',
      ],
      async () => (await import('./diff/index.ts')).diffHandlers(context, context.folders.cache),
    ),
    ...later(['models.registered'], async () =>
      (await import('./registered-models.ts')).registeredModelHandlers(context),
    ),
    ...later(
      ['bundles.preview', 'bundles.export', 'bundles.verify', 'bundles.reproduce'],
      async () => (await import('./bundles.ts')).bundleHandlers(context),
    ),
    ...later(
      [
        'trash.list',
        'trash.sizes',
        'trash.move',
        'trash.restore',
        'trash.measure',
        'trash.purge',
        'tidy.rules',
        'tidy.save',
        'tidy.remove',
        'tidy.preview',
        'tidy.measure',
        'tidy.sweep',
      ],
      async () => (await import('./tidy.ts')).tidyHandlers(context),
    ),
    ...later(['runs.edit', 'runs.tags', 'runs.mergeDuplicates'], async () =>
      (await import('./bulk-edit.ts')).bulkEditHandlers(context),
    ),
    ...later(
      ['notebooks.list', 'notebooks.get', 'notebooks.plan', 'notebooks.renumber'],
      async () => (await import('./notebooks.ts')).notebookHandlers(context),
    ),
    ...later(['uploads.begin', 'uploads.append', 'uploads.discard'], async () =>
      (await import('./uploads.ts')).uploadHandlers(context.folders.cache),
    ),
    ...later(['sync.push', 'sync.pull'], async () =>
      (await import('./sync.ts')).syncHandlers(context),
    ),
    ...later(['exports.runs', 'exports.metrics', 'exports.page'], async () =>
      (await import('./exports.ts')).exportHandlers(context),
    ),
    ...later(
      [
        'sources.list',
        'sources.read',
        'sources.declare',
        'sources.undeclare',
        'sources.ofRun',
        'sources.artifacts',
        'sources.measure',
        'sources.adopt',
        'sources.importFrom',
      ],
      async () => (await import('./sources.ts')).sourceHandlers(context),
    ),
  };
}

/** Handlers that are loaded when one is first asked for: most commands do without. */
function later<N extends OperationName>(
  names: readonly N[],
  load: () => Promise<Pick<Handlers, N>>,
): Pick<Handlers, N> {
  let loaded: ReturnType<typeof load> | null = null;
  const handlers = names.map((name) => [
    name,
    async (input: never, call: HandlerContext<N>) => {
      loaded ??= load();
      const handler = (await loaded)[name] as (
        input: never,
        call: HandlerContext<N>,
      ) => Promise<unknown>;
      return handler(input, call);
    },
  ]);
  return Object.fromEntries(handlers) as Pick<Handlers, N>;
}
