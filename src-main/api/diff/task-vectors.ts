/** What several models made of a base: as it is measured, and as a text to keep. */
import { join } from 'node:path';
import type { Output } from '../../contract/index.ts';
import type { TaskTensor } from '../../contract/task-vectors.ts';
import { taskVectorReport } from '../../exports/index.ts';
import { diffTaskVectors, type TaskItem, TaskVectorCache } from '../../models/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import type { DiffContext } from './context.ts';
import { type FileSource, type Located, locateModel } from './locate.ts';
import { mimes, plainTitle } from './model-report.ts';

/** @param cacheFolder the user's; null to keep nothing on the disk */
export function taskVectorHandlers(
  context: DiffContext,
  cacheFolder: string | null,
): Pick<Handlers, 'diff.taskVectors' | 'diff.taskVectorReport'> {
  const cache = new TaskVectorCache({ folder: cacheFolder && join(cacheFolder, 'task-vectors') });
  const compare = async (
    input: { readonly base: FileSource; readonly models: readonly FileSource[] },
    signal: AbortSignal,
    onItem: (item: TaskItem) => Promise<void>,
  ) => {
    await using files = await locateAll(context, [input.base, ...input.models], signal);
    const [base, ...models] = files.located.map(({ file }) => file);
    return await diffTaskVectors(base!, models, { signal }, onItem, cache);
  };
  return {
    'diff.taskVectors': async (input, { signal, emit }) => await compare(input, signal, emit),
    'diff.taskVectorReport': async ({ format, ...input }, { signal, emit }) => {
      const tensors = new Map<string, TaskTensor>();
      let opened: Extract<TaskItem, { kind: 'opened' }> | null = null as typeof opened;
      const totals = await compare(input, signal, async (item) => {
        for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
        if (item.kind === 'opened') opened = item;
        else await emit(item.progress);
      });
      if (opened === null) throw new Error('a comparison ended before it was opened');
      const { base, models } = opened;
      const all = [...tensors.values()];
      const text = taskVectorReport(
        { base, models, tensors: all, totals, madeAt: Date.now() },
        format,
      );
      const name = `${[base, ...models].map(({ title }) => plainTitle(title)).join('-')}.${format}`;
      return { name, mime: mimes[format], text } satisfies Output<'diff.taskVectorReport'>;
    },
  };
}

/** All files, until they are disposed of; when one is not there, those before it are. */
async function locateAll(
  context: DiffContext,
  sources: readonly FileSource[],
  signal: AbortSignal,
): Promise<AsyncDisposable & { readonly located: readonly Located[] }> {
  const located: Located[] = [];
  const dispose = async () => {
    await Promise.all(located.map((one) => one[Symbol.asyncDispose]()));
  };
  try {
    for (const source of sources) located.push(await locateModel(context, source, { signal }));
  } catch (error) {
    await dispose();
    throw error;
  }
  return { located, [Symbol.asyncDispose]: dispose };
}
