import { describe, expect, it } from 'vitest';
import type { TableField } from '../../../../../src-renderer/client/index.ts';
import {
  moveColumn,
  pinColumn,
  resizeColumn,
  shiftColumn,
  showColumns,
} from '../../../../../src-renderer/features/runs/table/change-columns.ts';
import {
  allColumns,
  arrangeColumns,
  type ColumnSpec,
  directionOf,
  plainView,
  sameView,
  toggleOrder,
  type View,
} from '../../../../../src-renderer/features/runs/table/view.ts';
import { orderText } from '../../../../../src-renderer/ui/view-order.ts';

const field = (
  kind: TableField['kind'],
  key: string,
  rest: Partial<TableField> = {},
): TableField => ({
  kind,
  key,
  field: `${kind}s.${key}`,
  present: true,
  differs: true,
  direction: null,
  ...rest,
});

const all = allColumns([
  field('metric', 'acc', { direction: 'higher' }),
  field('metric', 'loss', { direction: 'lower' }),
  field('param', 'lr'),
  field('param', 'same', { differs: false }),
  field('param', 'gone', { present: false }),
  field('tag', 'team'),
]);
const column = (id: string): ColumnSpec => all.find((one) => one.id === id) as ColumnSpec;
const shown = (view: View): readonly ColumnSpec[] => arrangeColumns(all, view).columns;
const ids = (view: View): string[] => shown(view).map(({ id }) => id);

describe('columns of the runs table', () => {
  it('are by themselves those of every run, metrics and params that differ, and the command', () => {
    expect(ids(plainView)).toEqual([
      'run',
      'status',
      'created',
      'duration',
      'metrics.acc',
      'metrics.loss',
      'params.lr',
      'command',
    ]);
    expect(arrangeColumns(all, plainView).pinned).toBe(1);
    expect(ids({ ...plainView, onlyDiffering: false })).toContain('params.same');
  });

  it('are hidden and shown, also those that nobody sees by themselves', () => {
    const without = showColumns(plainView, [column('status'), column('params.lr')], false);
    expect(ids(without)).not.toContain('status');
    expect(ids(showColumns(without, [column('status')], true))).toContain('status');
    const withTag = showColumns(plainView, [column('tags.team')], true);
    expect(ids(withTag)).toContain('tags.team');
    expect(ids(showColumns(withTag, [column('tags.team')], false))).toEqual(ids(plainView));
    expect(ids(showColumns(plainView, all, false))).toEqual(['run']);
  });

  it('move before others, and by one place', () => {
    const moved = moveColumn(plainView, shown(plainView), 'params.lr', 'status');
    expect(ids(moved).slice(0, 3)).toEqual(['run', 'params.lr', 'status']);
    const last = moveColumn(plainView, shown(plainView), 'status', null);
    expect(ids(last).at(-1)).toBe('status');
    const right = shiftColumn(plainView, shown(plainView), 'status', 1);
    expect(ids(right).slice(0, 3)).toEqual(['run', 'created', 'status']);
    expect(ids(shiftColumn(right, shown(right), 'status', -1))).toEqual(ids(plainView));
    expect(shiftColumn(plainView, shown(plainView), 'run', 1)).toBe(plainView);
    expect(shiftColumn(plainView, shown(plainView), 'status', -1)).toBe(plainView);
    expect(shiftColumn(plainView, shown(plainView), 'command', 1)).toBe(plainView);
  });

  it('that come later stand behind those they follow by themselves', () => {
    const moved = moveColumn(plainView, shown(plainView), 'metrics.acc', 'status');
    const later = allColumns([
      field('metric', 'acc'),
      field('metric', 'auc'),
      field('metric', 'loss'),
      field('param', 'lr'),
    ]);
    const order = arrangeColumns(later, moved).columns.map(({ id }) => id);
    expect(order.indexOf('metrics.auc')).toBe(order.indexOf('metrics.acc') + 1);
    expect(order).toHaveLength(new Set(order).size);
  });

  it('come behind the others of their kind where hardly any run has them', () => {
    const found = allColumns([
      field('metric', 'acc', { share: 0.01 }),
      field('metric', 'loss', { share: 0.9 }),
      field('param', 'lr'),
    ]).map(({ key }) => key);
    expect(found.filter((key) => ['acc', 'loss', 'lr'].includes(key))).toEqual([
      'loss',
      'acc',
      'lr',
    ]);
  });

  it('say how busy the machine was only when they are asked for', () => {
    const fields = [field('metric', 'system/cpu_percent'), field('metric', 'train/loss')];
    const every = allColumns(fields);
    const shownIds = (view: View) => arrangeColumns(every, view).columns.map(({ id }) => id);
    expect(shownIds(plainView)).toContain('metrics.train/loss');
    expect(shownIds(plainView)).not.toContain('metrics.system/cpu_percent');
    const machine = every.filter(({ id }) => id === 'metrics.system/cpu_percent');
    const asked = showColumns(plainView, machine, true);
    expect(shownIds(asked)).toContain('metrics.system/cpu_percent');
  });

  it('stay first while they are pinned, in sight though they do not differ', () => {
    const pinned = pinColumn(plainView, shown(plainView), 'command', true);
    expect(ids(pinned).slice(0, 3)).toEqual(['run', 'command', 'status']);
    expect(arrangeColumns(all, pinned).pinned).toBe(2);
    expect(ids(pinColumn(pinned, shown(pinned), 'command', false))).toContain('command');
    // Dropped among pinned columns it is pinned; dropped elsewhere it is not.
    const two = moveColumn(pinned, shown(pinned), 'status', 'command');
    expect(arrangeColumns(all, two).pinned).toBe(3);
    expect(arrangeColumns(all, moveColumn(two, shown(two), 'status', 'duration')).pinned).toBe(2);
    const same = pinColumn({ ...plainView, onlyDiffering: false }, [], 'params.same', true);
    expect(ids({ ...same, onlyDiffering: true })).toContain('params.same');
  });

  it('keep their places when they are resized', () => {
    const wide = resizeColumn(plainView, shown(plainView), 'params.lr', 200);
    expect(ids(wide)).toEqual(ids(plainView));
    expect(wide.columns.find((one) => one.field === 'params.lr')?.width).toBe(200);
    const again = resizeColumn(wide, shown(wide), 'params.lr', null);
    expect(again.columns.find((one) => one.field === 'params.lr')).not.toHaveProperty('width');
    const run = resizeColumn(plainView, shown(plainView), 'run', 300);
    expect(ids(moveColumn(run, shown(run), 'status', null))[0]).toBe('run');
  });
});

describe('the order of the runs', () => {
  it('begins with the better way of a metric, turns round, and ends', () => {
    const loss = toggleOrder(plainView, column('metrics.loss'), false);
    expect(orderText(loss)).toBe('metrics.loss ASC');
    const turned = toggleOrder(loss, column('metrics.loss'), false);
    expect(orderText(turned)).toBe('metrics.loss DESC');
    expect(toggleOrder(turned, column('metrics.loss'), false).order).toEqual([]);
    expect(orderText(toggleOrder(plainView, column('metrics.acc'), false))).toBe(
      'metrics.acc DESC',
    );
  });

  it('is by what a metric shows, and by several columns', () => {
    const best = toggleOrder({ ...plainView, summary: 'best' }, column('metrics.acc'), false);
    const both = toggleOrder(best, column('params.lr'), true);
    expect(orderText(both)).toBe('best(metrics.acc) DESC, params.lr ASC');
    expect(toggleOrder(both, column('status'), false).order).toHaveLength(1);
  });

  it('is by numbers, the newest first, without one', () => {
    expect(directionOf(plainView, 'run')).toBe('desc');
    expect(orderText(plainView)).toBe('experiment_number DESC, number DESC');
    const turned = toggleOrder(plainView, column('run'), false);
    expect(orderText(turned)).toBe('experiment_number ASC, number ASC');
    expect(directionOf(turned, 'status')).toBe(false);
  });
});

describe('views', () => {
  it('are the same when they look the same', () => {
    expect(sameView(plainView, { ...plainView, filter: ' ' })).toBe(true);
    expect(
      sameView({ ...plainView, hidden: ['a', 'b'] }, { ...plainView, hidden: ['b', 'a'] }),
    ).toBe(true);
    expect(sameView(plainView, { ...plainView, group: { kind: 'nested' } })).toBe(false);
    const unpinned = { ...plainView, columns: [{ field: 'a', pinned: false }] };
    expect(sameView(unpinned, { ...plainView, columns: [{ field: 'a' }] })).toBe(true);
  });
});
