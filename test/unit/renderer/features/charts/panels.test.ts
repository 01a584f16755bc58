import { describe, expect, it } from 'vitest';
import {
  columnValues,
  fieldName,
  fieldsOf,
  isField,
  noFields,
  usualDirection,
  writeField,
} from '../../../../../src-renderer/features/charts/fields.ts';
import {
  fieldsOfPanel,
  newPanel,
  panelKinds,
  readAxes,
  usualPanels,
  writeAxes,
} from '../../../../../src-renderer/features/charts/panels.ts';
import {
  frequentTexts,
  largestGroups,
  meanAndDeviation,
  valuesByGroup,
} from '../../../../../src-renderer/features/charts/summaries.ts';

const found = (['param', 'metric', 'tag'] as const).flatMap((kind) =>
  ({
    param: ['same', 'lr', 'seed', 'name'],
    metric: ['system/cpu', 'acc'],
    tag: ['team'],
  })[kind].map((key) => ({ kind, key, direction: null, differs: key !== 'same' })),
);

describe('fields', () => {
  it('are asked for as the filter language writes them', () => {
    expect(writeField('param lr', 'max')).toBe('params.lr');
    expect(writeField('metric val/acc', 'last')).toBe('metrics.val/acc');
    expect(writeField('metric acc', 'max')).toBe('max(metrics.acc)');
    expect(writeField('tag a b`c', 'last')).toBe('tags.`a b``c`');
    expect(writeField('run experiment', 'min')).toBe('experiment');
    expect(fieldName('param a b')).toBe('a b');
  });

  it('are told from directions, axes and groups of seeds', () => {
    for (const field of ['param lr', 'metric a b', 'run status', 'tag x'])
      expect(isField(field)).toBe(true);
    for (const other of ['min', '', 'seed', '["param lr"]', 'param'])
      expect(isField(other)).toBe(false);
  });

  it('are unpacked to numbers, texts and nothing', () => {
    const column = {
      numbers: Float64Array.of(1, Number.NaN, Number.NaN, 2000),
      texts: ['adam'],
      places: Float64Array.of(-1, 0, -1, -1),
    };
    expect(columnValues(column, 'param x')).toEqual([1, 'adam', null, 2000]);
    expect(columnValues({ ...column, texts: [], places: new Float64Array() }, 'metric x')).toEqual([
      1,
      null,
      null,
      2000,
    ]);
    expect(columnValues(column, 'run duration')).toEqual([0.001, 'adam', null, 2]);
  });

  it('name what differs first, seeds after it, and what the machine did last', () => {
    const fields = fieldsOf(found);
    expect(fields.params).toEqual(['param lr', 'param name', 'param same', 'param seed']);
    expect(fields.differing).toBe(2);
    expect(fields.metrics).toEqual(['metric acc', 'metric system/cpu']);
    expect(fields.tags).toEqual(['tag team']);
  });

  it('put the metrics first that most runs have and that tell which is better', () => {
    const metric = (key: string, share: number, direction: 'higher' | 'lower' | null) =>
      ({ kind: 'metric', key, share, direction, differs: true }) as const;
    const { telling, metrics } = fieldsOf([
      metric('acc', 0.01, 'higher'),
      metric('epoch', 1, null),
      metric('train/loss', 0.98, 'lower'),
      metric('val/loss', 1, 'lower'),
      metric('system/cpu', 1, null),
    ]);
    expect(telling.map(fieldName)).toEqual([
      'val/loss',
      'train/loss',
      'epoch',
      'acc',
      'system/cpu',
    ]);
    expect(metrics[0]).toBe('metric acc');
  });

  it('guess which way is better', () => {
    expect(usualDirection('metric val/loss')).toBe('min');
    expect(usualDirection('metric accuracy')).toBe('max');
  });
});

describe('panels', () => {
  it('begin with what there is', () => {
    const fields = fieldsOf(found);
    let next = 0;
    const panels = usualPanels(fields, () => String(next++));
    expect(panels.map((panel) => panel.kind)).toEqual([
      'parallel',
      'importance',
      'scatter',
      'pareto',
    ]);
    expect(new Set(panels.map((panel) => panel.id)).size).toBe(4);
    expect(readAxes(panels[0]?.options.axes)).toEqual(['param lr', 'param name', 'metric acc']);
    for (const kind of panelKinds) {
      const { options } = newPanel(kind, noFields, 'x');
      for (const value of Object.values(options)) expect(typeof value).toBe('string');
    }
  });

  it('say what of the runs they show', () => {
    const fields = fieldsOf(found);
    expect(fieldsOfPanel(newPanel('parallel', fields, 'x'))).toEqual([
      'metric acc',
      'param lr',
      'param name',
      'metric acc',
    ]);
    expect(fieldsOfPanel(newPanel('pareto', fields, 'x'))).toEqual([
      'metric acc',
      'metric system/cpu',
    ]);
    expect(fieldsOfPanel(newPanel('importance', fields, 'x'))).toEqual([]);
    const bar = { id: 'b', kind: 'bar', options: { y: 'metric acc', by: 'seed' } };
    expect(fieldsOfPanel(bar)).toEqual(['metric acc', 'seed']);
  });

  it('keep axes of any name, and take broken ones for none', () => {
    const axes = ['param a,b', 'param "c"'];
    expect(readAxes(writeAxes(axes))).toEqual(axes);
    for (const text of [undefined, '', '{', '{"a":1}', '[1, 2]'])
      expect(readAxes(text)).toEqual([]);
  });
});

describe('groups', () => {
  it('have the finite numbers of their runs, by name', () => {
    const groups = ['b10', 'b2', null, 'b2', 'b2'];
    const values = [1, 2, 3, Number.NaN, 'x'];
    expect(valuesByGroup(groups, values)).toEqual([
      { name: '–', values: [3], indices: [2] },
      { name: 'b2', values: [2], indices: [1] },
      { name: 'b10', values: [1], indices: [0] },
    ]);
  });

  it('come by their size where they are numbers, names behind them', () => {
    const names = ['0.1', 'none', '1e-3', '0.03', '1', '-2'];
    const found = valuesByGroup(
      names,
      names.map((_, index) => index),
    );
    expect(found.map((group) => group.name)).toEqual(['-2', '1e-3', '0.03', '0.1', '1', 'none']);
  });

  it('are put together where they are too many to be told apart', () => {
    const groups = ['a', 'b', 'b', 'c', 'c', 'c'];
    expect(largestGroups(groups, 3, 'others')).toBe(groups);
    expect(largestGroups(groups, 2, 'others')).toEqual([
      'others',
      'others',
      'others',
      'c',
      'c',
      'c',
    ]);
  });

  it('name the most frequent texts and leave numbers alone', () => {
    const values = ['a', 'b', 'b', 3, null, 'c', 'c', 'c'];
    expect(frequentTexts(values, 3, 'others')).toBe(values);
    expect(frequentTexts(values, 2, 'others')).toEqual([
      'others',
      'others',
      'others',
      3,
      null,
      'c',
      'c',
      'c',
    ]);
  });

  it('have a mean, and a deviation of a sample', () => {
    expect(meanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({
      mean: 5,
      deviation: Math.sqrt(32 / 7),
    });
    expect(meanAndDeviation([3])).toEqual({ mean: 3, deviation: 0 });
  });
});
