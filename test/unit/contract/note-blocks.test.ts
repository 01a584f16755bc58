import { describe, expect, test } from 'vitest';
import { cellOf, columnsOf } from '../../../src-main/contract/note-block-columns.ts';
import { parseBlock } from '../../../src-main/contract/note-blocks.ts';

describe('the language of live blocks', () => {
  test('reads tables, with clauses in any order and over several lines', () => {
    expect(parseBlock("table status = 'FINISHED'\norder by metrics.acc DESC\nlimit 5")).toEqual({
      kind: 'table',
      filter: "status = 'FINISHED'",
      orderBy: 'metrics.acc DESC',
      columns: [],
      limit: 5,
    });
    expect(parseBlock('TABLE limit 3 show lr, "val loss", metrics.acc')).toMatchObject({
      columns: ['lr', 'val loss', 'metrics.acc'],
      limit: 3,
      filter: '',
    });
  });

  test('leaves keywords alone in quotes and in names', () => {
    expect(parseBlock("table note = 'show limit 3' AND params.limit = 3")).toMatchObject({
      filter: "note = 'show limit 3' AND params.limit = 3",
      limit: 10,
    });
    expect(parseBlock('table metrics.`order by` > 1 limit 2')).toMatchObject({
      filter: 'metrics.`order by` > 1',
    });
  });

  test('reads charts and differences', () => {
    expect(parseBlock('chart loss, val/loss where starred = true limit 900')).toEqual({
      kind: 'chart',
      metrics: ['loss', 'val/loss'],
      filter: 'starred = true',
      orderBy: '',
      limit: 50,
    });
    expect(parseBlock('diff 02.1 HEAD~2')).toEqual({ kind: 'diff', left: '02.1', right: 'HEAD~2' });
  });

  test.each([
    ['', 'empty', ''],
    ['  \n ', 'empty', ''],
    ['graph loss', 'unknown', 'graph'],
    ['constructor', 'unknown', 'constructor'],
    ['chart', 'noMetric', ''],
    ['chart where x = 1', 'noMetric', ''],
    ['diff 02.1', 'notTwo', '02.1'],
    ['diff a b c', 'notTwo', 'a b c'],
    ['table limit many', 'limit', 'many'],
    ['table limit 0', 'limit', '0'],
    ['chart loss limit', 'limit', ''],
  ])('says what is wrong with %j', (source, problem, subject) => {
    expect(parseBlock(source)).toEqual({ kind: 'problem', problem, subject });
  });
});

describe('columns of a small table', () => {
  const metric = (key: string, last: number) => ({
    key,
    last,
    lastStep: 1,
    min: last,
    max: last,
    count: 1,
  });
  const rows = [
    { params: { lr: '0.1', depth: '3' }, metrics: [metric('acc', 0.9)] },
    { params: { lr: '0.2', depth: '3' }, metrics: [metric('acc', 0.8), metric('loss', 2)] },
  ];

  test('are what differs, or what was asked for', () => {
    expect(columnsOf(rows, [])).toEqual([
      { kind: 'param', key: 'lr' },
      { kind: 'metric', key: 'acc' },
      { kind: 'metric', key: 'loss' },
    ]);
    expect(columnsOf(rows, ['acc', 'depth', 'metrics.x', 'params.acc'])).toEqual([
      { kind: 'metric', key: 'acc' },
      { kind: 'param', key: 'depth' },
      { kind: 'metric', key: 'x' },
      { kind: 'param', key: 'acc' },
    ]);
  });

  test('have no values of their own', () => {
    const [run] = rows;
    if (run === undefined) throw new Error('no run');
    expect(cellOf(run, { kind: 'metric', key: 'acc' })).toBe(0.9);
    expect(cellOf(run, { kind: 'metric', key: 'loss' })).toBeNull();
    expect(cellOf(run, { kind: 'param', key: 'toString' })).toBeNull();
  });
});
