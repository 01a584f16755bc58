import { describe, expect, it } from 'vitest';
import { addCurves, addDefined, addMatrix } from '../../../src-main/api/run-page/plots/build.ts';
import { plotDefinitions } from '../../../src-main/api/run-page/plots/definitions.ts';
import {
  countPairs,
  knownCurve,
  matrixOf,
  mayBePlot,
} from '../../../src-main/api/run-page/plots/recognise.ts';
import { parseDelimited, readPlotTables } from '../../../src-main/api/run-page/plots/tables.ts';
import type { RunPlot } from '../../../src-main/contract/run-page.ts';

const run = 'a'.repeat(32);

async function draw(yaml: string, files: Record<string, string>) {
  const plots = new Map<string, RunPlot>();
  for (const definition of plotDefinitions(yaml, 'dvc.yaml')) {
    await addDefined(plots, definition, run, async (path) =>
      files[path] === undefined ? null : readPlotTables(files[path], path, definition.header),
    );
  }
  return [...plots.values()];
}

describe('tables of plots', () => {
  it('are read from CSV with quotes, line ends of Windows, and a mark at the beginning', () => {
    expect(parseDelimited('\ufeffa,"b ""x"", y"\r\n1,\r\n"2\n3",4', ',')).toEqual([
      ['a', 'b "x", y'],
      ['1', ''],
      ['2\n3', '4'],
    ]);
    const [table] = readPlotTables('1\t2\n3\tnan\n', 'x.tsv', false);
    expect(table?.columns).toEqual(['0', '1']);
    expect(table?.rows).toEqual([
      [1, 2],
      [3, Number.NaN],
    ]);
  });

  it('are found in JSON wherever they are', () => {
    const text = '{"roc": [{"fpr": 0, "tpr": 0}, {"fpr": 1, "tpr": NaN}], "auc": 0.9}';
    expect(readPlotTables(text, 'roc.json')).toEqual([
      {
        name: 'roc',
        columns: ['fpr', 'tpr'],
        rows: [
          [0, 0],
          [1, Number.NaN],
        ],
      },
    ]);
    expect(readPlotTables('{"columns":["a"],"data":[[1],["x"]]}', 't.json')[0]?.rows).toEqual([
      [1],
      ['x'],
    ]);
    const lists = readPlotTables('{"precision":[1,0.5],"recall":[0,1]}', 'pr.json');
    expect(lists[0]?.columns).toEqual(['precision', 'recall']);
    expect(readPlotTables('- {a: 1.5, b: x}\n- {a: .inf}\n', 'p.yaml')[0]?.rows).toEqual([
      [1.5, 'x'],
      [Number.POSITIVE_INFINITY, null],
    ]);
  });
});

describe('plots of dvc.yaml', () => {
  it('draws several columns and files over each other, with x from the first', async () => {
    const plots = await draw(
      `plots:
  - curves:
      x: step
      y: {train.csv: loss, val.csv: [loss, acc]}
      title: Both
      y_label: value
  - roc.json: {x: fpr, y: tpr, template: simple}
`,
      {
        'train.csv': 'step,loss\n1,0.5\n2,0.25\n',
        'val.csv': 'step,loss,acc\n10,0.6,1\n20,,0\n',
        'roc.json': '{"roc":[{"fpr":0,"tpr":0.5}]}',
      },
    );
    expect(plots.map(({ key, title, xTitle, yTitle }) => [key, title, xTitle, yTitle])).toEqual([
      ['curves', 'Both', 'step', 'value'],
      ['roc.json', 'roc.json', 'fpr', 'tpr'],
    ]);
    expect(plots.map(({ chance }) => chance)).toEqual([false, true]);
    expect(plots[0]?.series.map(({ name, x, y }) => [name, [...x], [...y]])).toEqual([
      ['train.csv loss', [1, 2], [0.5, 0.25]],
      ['val.csv loss', [10], [0.6]],
      ['val.csv acc', [10, 20], [1, 0]],
    ]);
  });

  it('counts a confusion, and sorts bars', async () => {
    const plots = await draw(
      `stages:
  evaluate:
    cmd: x
    wdir: eval
    plots:
      - classes.csv: {x: predicted, y: actual, template: confusion_normalized}
      - importance.csv: {x: gain, y: name, template: bar_horizontal_sorted}
`,
      {
        'eval/classes.csv': 'actual,predicted\ncat,cat\ncat,dog\ndog,dog\n',
        'eval/importance.csv': 'name,gain\na,1\nb,3\n',
      },
    );
    expect(plots[0]).toMatchObject({
      shape: 'confusion',
      normalised: true,
      key: 'eval/classes.csv',
    });
    expect(plots[0]?.matrices[0]).toEqual({
      ...{ runId: run, rows: ['cat', 'dog'], columns: ['cat', 'dog'] },
      values: [
        [1, 1],
        [0, 1],
      ],
    });
    expect(plots[1]?.bars[0]?.labels).toEqual(['b', 'a']);
  });

  it('takes the last column over the rows where nothing is said', async () => {
    const [plot] = await draw('plots: [log.csv]', { 'log.csv': 'epoch,loss\n5,1\n6,2\n' });
    expect([[...(plot?.series[0]?.x ?? [])], plot?.yTitle]).toEqual([[0, 1], 'loss']);
  });

  it('leaves alone what cannot be understood', async () => {
    expect(plotDefinitions(`plots: {a.csv: 5, "$\{x}.csv": null}`, 'dvc.yaml')).toHaveLength(1);
    expect(plotDefinitions('plots: [', 'dvc.yaml')).toEqual([]);
    expect(plotDefinitions('- 1', 'dvc.yaml')).toEqual([]);
    expect(await draw('plots: {a.csv: {y: none}}', { 'a.csv': 'b\n1\n' })).toEqual([]);
    expect(await draw('plots: {a.csv: {y: b}}', { 'a.csv': 'b\ntext\n' })).toEqual([]);
  });
});

describe('what evaluation tools log', () => {
  it('is known by its name', () => {
    for (const path of ['roc_curve.json', 'x/PR-curve.csv', 'confusion_matrix.json', 'roc.tsv']) {
      expect(mayBePlot(path), path).toBe(true);
    }
    for (const path of ['process.json', 'rocks.csv', 'roc.png', 'price.csv', 'improvement.json']) {
      expect(mayBePlot(path), path).toBe(false);
    }
  });

  it('is a ROC or a precision and recall, for each class', () => {
    const [roc] = readPlotTables('class,fpr,tpr\na,0,0\na,1,1\nb,0,0.5\n', 'roc.csv');
    const curve = roc === undefined ? null : knownCurve(roc);
    expect(curve).toEqual({ kind: 'roc', x: 1, y: 2, by: 0 });
    const plots = new Map<string, RunPlot>();
    if (roc !== undefined && curve !== null) addCurves(plots, 'e/roc.csv', run, roc, curve);
    expect(plots.get('e/roc.csv')).toMatchObject({ chance: true, title: 'roc.csv' });
    expect(plots.get('e/roc.csv')?.series.map(({ name, y }) => [name, [...y]])).toEqual([
      ['a', [0, 1]],
      ['b', [0.5]],
    ]);
    const text = '{"precision":[0.5,1],"recall":[1,0],"thresholds":[0.3]}';
    const [pr] = readPlotTables(text, 'pr.json');
    expect(pr?.rows).toHaveLength(2);
    expect(pr && knownCurve(pr)).toEqual({ kind: 'precision-recall', x: 1, y: 0, by: null });
  });

  it('is a confusion matrix in the shapes that are common', () => {
    const expected = {
      rows: ['cat', 'dog'],
      columns: ['cat', 'dog'],
      values: [
        [5, 1],
        [2, 7],
      ],
    };
    const read = (text: string, path: string) =>
      matrixOf(/\.json$/.test(path) ? JSON.parse(text) : null, readPlotTables(text, path));
    const labelled = '{"labels":["cat","dog"],"matrix":[[5,1],[2,7]]}';
    expect(read(labelled, 'confusion.json')).toEqual(expected);
    expect(read('[[5,1],[2,7]]', 'confusion.json')).toMatchObject({ rows: ['0', '1'] });
    expect(read(',cat,dog\ncat,5,1\ndog,2,7\n', 'confusion.csv')).toEqual(expected);
    expect(read('cat,dog\n5,1\n2,7\n', 'confusion.csv')).toEqual(expected);
    const counted = 'actual,predicted,count\ncat,cat,5\ncat,dog,1\ndog,cat,2\ndog,dog,7\n';
    expect(read(counted, 'confusion.csv')).toEqual(expected);
    const logged = '{"columns":["y_true","y_pred"],"data":[["cat","dog"]]}';
    expect(read(logged, 'confusion.json')?.values).toEqual([
      [0, 1],
      [0, 0],
    ]);
    expect(read('{"a": 1}', 'confusion.json')).toBeNull();
    expect(read('[[1,2,3],[4,5,6]]', 'confusion.json')).toBeNull();
    const plots = new Map<string, RunPlot>();
    addMatrix(plots, 'c.json', run, expected);
    expect(plots.get('c.json')?.matrices).toHaveLength(1);
  });

  it('is not a matrix where there are too many classes', () => {
    const rows = Array.from({ length: 400 }, (_, index) => [index, index]);
    expect(countPairs({ name: '', columns: ['a', 'b'], rows }, 0, 1, null)).toBeNull();
  });
});
