import type { TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { filterTasks } from '../../../../../src-renderer/features/models/task/TaskTable.tsx';
import { taskLayers } from '../../../../../src-renderer/features/models/task/task-layers.ts';
import { taskNote } from '../../../../../src-renderer/features/models/task/task-note.ts';
import {
  afterTaskItems,
  type TaskTensor,
} from '../../../../../src-renderer/features/models/task/use-task-vectors.ts';
import { fakeTaskVectors } from '../../../../support/fake-task-vectors.ts';

const blank = { base: null, models: [], tensors: [], progress: null };
const t = ((key: string) => key) as unknown as TFunction<'models'>;

function tensor(name: string, given: Partial<TaskTensor> = {}): TaskTensor {
  return {
    ...{ name, dtype: 'f32', shape: [10], elements: 10, names: [null, null], nonFinite: 0 },
    ...{ base: null, models: [null, null], pairs: [null], sum: null, note: null },
    ...given,
  };
}

const model = (norm: number) => ({ norm, relative: norm, movedShare: 1 });

describe('task vectors in the window', () => {
  it('take names first, and values as they come', () => {
    const { items } = fakeTaskVectors(2, 2);
    const opened = afterTaskItems(blank, items.slice(0, 1));
    expect(opened.models).toHaveLength(2);
    expect(opened.tensors.every(({ sum }) => sum === null)).toBe(true);
    const all = afterTaskItems(opened, items.slice(1));
    expect(all.tensors.map(({ name }) => name)).toEqual(opened.tensors.map(({ name }) => name));
    expect(all.tensors.every(({ sum }) => sum !== null)).toBe(true);
  });

  it('add up to layers as one vector would', () => {
    const pair = (cosine: number | null, bothShare: number, conflictShare: number | null) => [
      { cosine, bothShare, conflictShare },
    ];
    const layers = taskLayers(
      [
        tensor('fc.weight', { base: 3, models: [model(3), model(4)], pairs: pair(1, 1, 0.5) }),
        tensor('fc.bias', { base: 4, models: [model(4), model(3)], pairs: pair(-1, 0.5, 1) }),
        tensor('fc.unread'),
        tensor('head.weight', { base: 2, models: [model(0), null] }),
      ],
      { at: 0, left: 0, right: 1 },
    );
    expect(layers).toEqual([
      { name: 'fc', tensors: 3, relative: [1, 1], cosine: 0, conflictShare: 10 / 15 },
      { name: 'head', tensors: 1, relative: [0, null], cosine: null, conflictShare: null },
    ]);
  });

  it('are found by the name in any of the files', () => {
    const all = [tensor('fc.weight', { names: ['module.fc.weight', null] }), tensor('fc.bias')];
    const names = (text: string) => filterTasks(all, text).map(({ name }) => name);
    expect(names('module')).toEqual(['fc.weight']);
    expect(names('FC bi')).toEqual(['fc.bias']);
    expect(names('layer:fc')).toEqual(['fc.weight', 'fc.bias']);
    expect(names('layer:f')).toEqual([]);
  });

  it('become a note with the models and pairs, whatever files are called', () => {
    const { items, result } = fakeTaskVectors(3, 2);
    const state = afterTaskItems(blank, items);
    const [first, ...others] = state.models;
    const models = [{ ...first!, title: 'a|b `c`' }, ...others];
    const lines = taskNote({ ...state, models, result }, t)?.split('\n') ?? [];
    expect(lines.filter((line) => /^\| [123] · [123] \|/.test(line))).toHaveLength(3);
    expect(lines.some((line) => line.startsWith('| 1 `` a b `c` `` |'))).toBe(true);
    expect(taskNote({ ...state, result: null }, t)).toBeNull();
  });
});
