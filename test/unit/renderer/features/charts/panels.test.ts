import { describe, expect, it } from 'vitest';
import {
  fieldName,
  fieldsOf,
  readField,
  usualDirection,
} from '../../../../../src-renderer/features/charts/fields.ts';
import {
  newPanel,
  panelKinds,
  readAxes,
  usualPanels,
  writeAxes,
} from '../../../../../src-renderer/features/charts/panels.ts';

const metric = (key: string, last: number | null) => ({
  key,
  last,
  lastStep: 1,
  min: -1,
  max: 9,
  count: 2,
});
const runs: { params: Record<string, string>; metrics: ReturnType<typeof metric>[] }[] = [
  {
    params: { lr: '1e-3', name: 'a b', same: '1' },
    metrics: [metric('acc', 0.5), metric('system/cpu', 1)],
  },
  { params: { lr: '0.1', same: '1', empty: ' ' }, metrics: [metric('acc', null)] },
];

describe('fields', () => {
  it('are read as numbers where they are written so', () => {
    const run = runs[0] ?? { params: {}, metrics: [] };
    expect(readField(run, 'param lr', 'last')).toBe(0.001);
    expect(readField(run, 'param name', 'last')).toBe('a b');
    expect(readField(run, 'param none', 'last')).toBeNull();
    expect(readField(run, 'metric acc', 'last')).toBe(0.5);
    expect(readField(run, 'metric acc', 'max')).toBe(9);
    expect(readField({ params: { x: ' ' }, metrics: [] }, 'param x', 'last')).toBe(' ');
    expect(fieldName('param a b')).toBe('a b');
  });

  it('name what differs first, and what the machine did last', () => {
    const fields = fieldsOf(runs);
    expect(fields.params).toEqual(['param empty', 'param lr', 'param name', 'param same']);
    expect(fields.differing).toBe(3);
    expect(fields.metrics).toEqual(['metric acc', 'metric system/cpu']);
  });

  it('guess which way is better', () => {
    expect(usualDirection('metric val/loss')).toBe('min');
    expect(usualDirection('metric accuracy')).toBe('max');
  });
});

describe('panels', () => {
  it('begin with what there is', () => {
    const fields = fieldsOf(runs);
    let next = 0;
    const panels = usualPanels(fields, () => String(next++));
    expect(panels.map((panel) => panel.kind)).toEqual([
      'parallel',
      'importance',
      'scatter',
      'pareto',
    ]);
    expect(new Set(panels.map((panel) => panel.id)).size).toBe(4);
    expect(readAxes(panels[0]?.options.axes)).toEqual([
      'param empty',
      'param lr',
      'param name',
      'metric acc',
    ]);
    for (const kind of panelKinds) {
      const { options } = newPanel(kind, { params: [], metrics: [], differing: 0 }, 'x');
      for (const value of Object.values(options)) expect(typeof value).toBe('string');
    }
  });

  it('keep axes of any name, and take broken ones for none', () => {
    const axes = ['param a,b', 'param "c"'];
    expect(readAxes(writeAxes(axes))).toEqual(axes);
    for (const text of [undefined, '', '{', '{"a":1}', '[1, 2]'])
      expect(readAxes(text)).toEqual([]);
  });
});
