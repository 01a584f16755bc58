import { describe, expect, it } from 'vitest';
import { safeFigure } from '../../../../../src-renderer/charts/safe-figure.ts';
import type { RunFile } from '../../../../../src-renderer/client/index.ts';
import {
  type FileNode,
  fileTree,
  findNode,
  shownRows,
  sourceOf,
} from '../../../../../src-renderer/features/runs/files/file-tree.ts';
import { jsonRows } from '../../../../../src-renderer/features/runs/files/json-rows.ts';

const file = (path: string, role: RunFile['role'], more: Partial<RunFile> = {}): RunFile => ({
  ...{ path, role, stage: 'train', size: 5, files: null, hash: 'a'.repeat(32), available: true },
  ...more,
});

describe('the tree of a run’s files', () => {
  const data = file('data', 'dep', { files: 2, hash: `${'b'.repeat(32)}.dir` });
  const run = {
    files: [file('src/a.py', 'dep'), file('src/a.py', 'dep', { stage: 'eval' }), data],
  };
  const logged = [
    { path: 'model/deep/only/w.bin', size: 3 },
    { path: 'log10.txt', size: 1 },
    { path: 'log2.txt', size: 1 },
  ];
  const names = (nodes: readonly FileNode[]) =>
    shownRows(nodes, () => true).map(({ node, level }) => `${level} ${node.name}`);

  it('has folders first, by name, chains in one row, and each file once', () => {
    expect(names(fileTree(run, logged, new Map()))).toEqual([
      '1 logged',
      '2 model/deep/only',
      '3 w.bin',
      '2 log2.txt',
      '2 log10.txt',
      '1 inputs',
      '2 src',
      '3 a.py',
      '2 data',
    ]);
  });

  it('takes the members of a recorded directory in when they are there', () => {
    const members = new Map([['data', [{ path: 'x/y.csv', size: null }]]]);
    const nodes = fileTree(run, [], members);
    const node = findNode(nodes, 'inputs:data/x/y.csv');
    expect(node).toMatchObject({ name: 'y.csv', children: null });
    expect(sourceOf('r', node as FileNode)).toEqual({
      ...{ kind: 'tracked', reference: 'r', path: 'data/x/y.csv' },
    });
    expect(findNode(nodes, 'inputs:nothing')).toBeNull();
  });
});

describe('JSON as rows', () => {
  it('opens two levels, escapes its paths, and says how many there are', () => {
    const rows = jsonRows({ 'a/b': { c: { d: 1 } }, e: [] }, new Map());
    expect(rows.map(({ id, open, text }) => [id, open, text])).toEqual([
      ['', true, '{2}'],
      ['/a~1b', true, '{1}'],
      ['/a~1b/c', false, '{1}'],
      ['/e', null, '[0]'],
    ]);
    expect(jsonRows({ a: [1] }, new Map([['', false]]))).toHaveLength(1);
  });
});

describe('a figure of somebody else', () => {
  it('keeps its curves, and nothing that would reach out', () => {
    const figure = safeFigure(
      JSON.stringify({
        data: [
          { type: 'scatter', y: [1, 2], name: '<a href="http://x.invalid">b</a>' },
          { type: 'scattergeo', lat: [1] },
          { type: 'image', source: 'http://x.invalid/i.png' },
        ],
        layout: {
          title: { text: '<a href="http://x.invalid">t</a>' },
          images: [{ source: 'http://x.invalid/i.png' }],
          geo: {},
          width: 9000,
        },
      }),
    );
    expect(figure?.leftOut).toBe(1);
    expect(JSON.stringify(figure)).not.toMatch(/x\.invalid|9000|geo/);
    expect(figure?.data[0]).toMatchObject({ y: [1, 2], name: 'b' });
  });

  it.each(['', '[]', '{"data":1}', '{', 'null'])('%j is none', (text) => {
    expect(safeFigure(text)).toBeNull();
  });
});
