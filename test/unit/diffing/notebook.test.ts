import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import { readHtmlTable } from '../../../src-main/diffing/notebook/html-table.ts';
import { diffNotebooks, readNotebookFile } from '../../../src-main/diffing/notebook/index.ts';

interface RawCell {
  readonly id?: string;
  readonly source: string;
  readonly type?: string;
  readonly outputs?: readonly unknown[];
  readonly metadata?: Record<string, unknown>;
  readonly count?: number;
}

function notebook(cells: readonly RawCell[], metadata: Record<string, unknown> = {}): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata,
    cells: cells.map(({ id, source, type = 'code', outputs = [], metadata = {}, count = 1 }) => ({
      ...(id === undefined ? {} : { id }),
      cell_type: type,
      source,
      metadata,
      ...(type === 'code' ? { outputs, execution_count: count } : {}),
    })),
  });
}

const diff = (left: string, right: string) =>
  diffNotebooks(
    readNotebookFile(left, 'a.ipynb'),
    readNotebookFile(right, 'b.ipynb'),
    async () => {},
  );

const stream = (text: string) => ({ output_type: 'stream', name: 'stdout', text });
const shown = (data: Record<string, unknown>) => ({
  output_type: 'display_data',
  data,
  metadata: {},
});

const anyCells = fc.array(
  fc.record({
    id: fc.option(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { nil: undefined }),
    source: fc.constantFrom(
      '',
      'x = 1',
      'x = 2',
      'import numpy as np',
      'train(model, 3)',
      'plot(x)',
    ),
    type: fc.constantFrom('code', 'markdown'),
    outputs: fc.array(fc.constantFrom('one', 'two').map(stream), { maxLength: 2 }),
  }),
  { maxLength: 12 },
);

test('the rows hold every cell of both sides once, in order, and say truly what is the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyCells, anyCells, async (a, b) => {
      const { cells } = await diff(notebook(a), notebook(b));
      const right = cells.flatMap((cell) => cell.right ?? []);
      expect(right.map(({ source }) => source)).toEqual(b.map(({ source }) => source));
      const left = cells.flatMap((cell) => cell.left ?? []).sort((x, y) => x.index - y.index);
      expect(left.map(({ source }) => source)).toEqual(a.map(({ source }) => source));
      for (const cell of cells) {
        if (cell.left === null || cell.right === null) continue;
        expect(cell.sourceChanged).toBe(cell.left.source !== cell.right.source);
        const outputs = [a[cell.left.index]?.outputs, b[cell.right.index]?.outputs].map((all) =>
          cell.left?.type === 'code' ? JSON.stringify(all?.map(({ text }) => text).join('')) : '',
        );
        const same = !cell.sourceChanged && outputs[0] === outputs[1];
        expect(cell.change).toBe(same ? 'same' : 'modified');
      }
    }),
  );
});

test('a notebook is the same as itself, run again', async () => {
  const cells = [{ source: 'x = 1', outputs: [stream('at 0x7f00aa11bb22')], count: 3 }];
  const again = [{ source: 'x = 1', outputs: [stream('at 0x7fff00001111')], count: 9 }];
  const { totals, metadata } = await diff(notebook(cells), notebook(again));
  expect(totals).toEqual({ added: 0, removed: 0, modified: 0, moved: 0, same: 1 });
  expect(metadata).toEqual([]);
});

test('cells that moved are found by id though they changed, and without ids by what they say', async () => {
  const train = 'model = Net(depth=3)\nmodel.fit(x, y)\nprint(model.score(x, y))';
  const load = 'import pandas as pd\ndata = pd.read_csv("penguins.csv")';
  const end = 'data.describe()';
  for (const ids of [true, false]) {
    const id = (name: string) => (ids ? { id: name } : {});
    const { cells, totals } = await diff(
      notebook([
        { ...id('t'), source: train },
        { ...id('l'), source: load },
        { ...id('e'), source: end },
      ]),
      notebook([
        { ...id('l'), source: load },
        { ...id('e'), source: end },
        { ...id('t'), source: train.replace('depth=3', 'depth=4') },
      ]),
    );
    expect(totals).toMatchObject({ added: 0, removed: 0, modified: 1, moved: 1, same: 2 });
    expect(cells[2]).toMatchObject({ moved: true, left: { index: 0 }, right: { index: 2 } });
  }
});

test('cells of equal ids but another kind are two cells', async () => {
  const { totals } = await diff(
    notebook([{ id: 'a', source: 'x = 1' }]),
    notebook([{ id: 'a', source: '# Title', type: 'markdown' }]),
  );
  expect(totals).toMatchObject({ added: 1, removed: 1 });
});

describe('outputs', () => {
  const one = async (left: unknown[], right: unknown[]) => {
    const pair = [left, right].map((outputs) => notebook([{ source: 'x', outputs }]));
    return (await diff(pair[0] as string, pair[1] as string)).cells[0]?.outputs;
  };

  test('are told apart by kind: an image is not compared with a text', async () => {
    const image = shown({ 'image/png': 'aGVsbG8=', 'text/plain': '<Figure>' });
    const other = shown({ 'image/png': 'aGVsbG9vbw==', 'text/plain': '<Figure>' });
    expect(await one([image, stream('a\n')], [stream('b\n'), other])).toMatchObject([
      { change: 'modified', left: { kind: 'text', text: 'a\n' }, right: { text: 'b\n' } },
      { change: 'modified', left: { kind: 'image', text: null }, right: { kind: 'image', at: 1 } },
    ]);
  });

  test('of data frames are tables, as texts without their HTML', async () => {
    const frame = (value: string) =>
      shown({
        'text/html': `<div><style>td {}</style><table class="dataframe"><tr><th></th><th>a &amp; b</th></tr><tr><th>0</th><td onclick="x()">${value}</td></tr></table></div>`,
      });
    const [output] = (await one([frame('1')], [frame('<b>2</b>')])) ?? [];
    expect(output?.left?.rows).toEqual([
      ['', 'a & b'],
      ['0', '1'],
    ]);
    expect(output?.right?.rows).toEqual([
      ['', 'a & b'],
      ['0', '2'],
    ]);
  });

  test('that did not change are named but not sent', async () => {
    const [output] = (await one([stream('long '.repeat(99))], [stream('long '.repeat(99))])) ?? [];
    expect(output).toMatchObject({ change: 'same', left: { kind: 'text', text: null } });
  });
});

test('metadata of a cell and of the notebook are compared apart, execution counts not at all', async () => {
  const { cells, metadata } = await diff(
    notebook([{ source: 'x', metadata: { tags: ['a'], collapsed: true } }], { kernel: 'one' }),
    notebook([{ source: 'x', metadata: { tags: ['b'] }, count: 7 }], { kernel: 'two' }),
  );
  expect(cells[0]).toMatchObject({ change: 'modified', sourceChanged: false });
  expect(cells[0]?.metadata).toMatchObject([{ path: 'tags[0]', left: 'a', right: 'b' }]);
  expect(metadata).toMatchObject([{ path: 'kernel', left: 'one', right: 'two' }]);
});

test('when a cell was run, and how long that took, is not compared', async () => {
  const at = (hour: number) => ({
    execution: { 'iopub.execute_input': `2026-11-21T${hour}:00:00Z` },
    ExecuteTime: { end_time: `2026-11-21T${hour}:00:01Z` },
  });
  const { totals } = await diff(
    notebook([{ source: 'x', metadata: at(10) }]),
    notebook([{ source: 'x', metadata: at(11) }]),
  );
  expect(totals.same).toBe(1);
});

test('notebooks of format 3 are compared with those of format 4', async () => {
  const old = JSON.stringify({
    nbformat: 3,
    metadata: {},
    worksheets: [
      { cells: [{ cell_type: 'code', input: 'x = 1', outputs: [], language: 'python' }] },
    ],
  });
  expect((await diff(old, notebook([{ source: 'x = 1' }]))).totals.same).toBe(1);
});

describe('what is no notebook', () => {
  test.each([
    '',
    '{"cells": [',
    '[]',
    '{"nbformat": 4, "cells"',
    '{"cells": []}',
    '{"nbformat": 99}',
  ])('%j is refused in a sentence', (text) => {
    expect(() => readNotebookFile(text, 'a.ipynb')).toThrow(CairnError);
  });

  test('wrong types where cells and outputs should be are passed over', async () => {
    const odd = JSON.stringify({
      nbformat: 4,
      metadata: 'x',
      cells: [
        null,
        3,
        { cell_type: 'code', source: { a: 1 }, outputs: [null, { output_type: 7 }] },
      ],
    });
    expect((await diff(odd, odd)).totals.same).toBe(3);
  });
});

test('HTML without end is read no further than its table', () => {
  expect(readHtmlTable('<table><tr><td>a<td>b<tr><td>&#x110000;&lt;', 9)).toEqual([
    ['a', 'b'],
    ['&#x110000;<'],
  ]);
  expect(readHtmlTable('no <b>table</b>', 9)).toBeNull();
});
