import { describe, expect, it } from 'vitest';
import { type NewEvent, traceRun } from '../../../src-main/lineage/index.ts';
import { insertBundle } from '../../../src-main/store/timeline.ts';
import { commandRun, openServices } from '../tracking/support.ts';

function project() {
  const { store, tracking, lineage } = openServices();
  let clock = 0;
  const run = (
    name: string,
    inputs: Record<string, string>,
    outputs: Record<string, string>,
    state: 'done' | 'cached' = 'done',
    size = 10,
  ): string => {
    const { id } = tracking.createRun(commandRun({ name }));
    clock += 1000;
    store.prepare('UPDATE runs SET started_at = ? WHERE id = ?').run(clock, id);
    const execution = lineage.startExecution({
      ...{ runId: id, stage: '', position: 0, state, command: '', reason: '' },
    });
    const events = (type: 'INPUT' | 'OUTPUT', of: Record<string, string>): NewEvent[] =>
      Object.entries(of).map(([path, hash]) => ({
        ...{ type, role: type === 'INPUT' ? 'dep' : 'out', path, hash, size, files: null },
      }));
    lineage.recordEvents(execution, [...events('INPUT', inputs), ...events('OUTPUT', outputs)]);
    return id;
  };
  const trace = (id: string, up = 1, down = 1) => {
    const graph = traceRun(store, id, up, down);
    const names = new Map(
      tracking.rows(graph.nodes.map((node) => node.name)).map((row) => [row.id, row.name]),
    );
    const nameOf = (key: string) => {
      const node = graph.nodes.find((one) => one.key === key);
      return names.get(node?.name ?? '') ?? node?.name ?? '';
    };
    const columns: Record<number, string[]> = {};
    for (const node of graph.nodes) {
      columns[node.column] ??= [];
      columns[node.column]?.push(nameOf(node.key));
    }
    const edges = graph.edges.map((edge) => `${nameOf(edge.from)} > ${nameOf(edge.to)}`);
    return { ...graph, columns, edges: edges.sort() };
  };
  return { store, tracking, run, trace };
}

describe('the lineage of a run', () => {
  it('goes both ways, by contents, as far as it is asked to', () => {
    const { run, trace } = project();
    run('prepare', { 'raw.csv': 'raw' }, { 'data.csv': 'data' });
    const train = run('train', { 'data.csv': 'data', 'train.py': 'code' }, { 'model.pt': 'model' });
    run('evaluate', { 'copy/model.pt': 'model' }, { 'report.html': 'report' });
    run('publish', { 'report.html': 'report' }, {});
    const near = trace(train);
    expect(near.columns).toEqual({
      [-2]: ['prepare'],
      [-1]: ['data.csv', 'train.py'],
      0: ['train'],
      1: ['model.pt'],
      2: ['evaluate'],
    });
    expect(near.edges).toEqual([
      'data.csv > train',
      'model.pt > evaluate',
      'prepare > data.csv',
      'train > model.pt',
      'train.py > train',
    ]);
    expect(near.more).toEqual({ up: true, down: true });
    const far = trace(train, 2, 2);
    expect(far.columns[-3]).toEqual(['raw.csv']);
    expect(far.columns[4]).toEqual(['publish']);
    expect(far.more).toEqual({ up: false, down: false });
  });

  it('names the run that made a content, not one that found it or came later', () => {
    const { run, trace } = project();
    run('first', {}, { 'data.csv': 'data' });
    run('found', {}, { 'data.csv': 'data' }, 'cached');
    const train = run('train', { 'data.csv': 'data' }, {});
    run('later', {}, { 'data.csv': 'data' });
    expect(trace(train).columns[-2]).toEqual(['first']);
  });

  it('names no run as a user that read the same content before', () => {
    const { run, trace } = project();
    run('early', { 'data.csv': 'data' }, {});
    const prepare = run('prepare', {}, { 'data.csv': 'data' });
    run('late', { 'data.csv': 'data' }, {});
    expect(trace(prepare).columns[2]).toEqual(['late']);
  });

  it('leaves out what stages of one run hand to each other, and links no empty files', () => {
    const { run, trace, tracking } = project();
    const pipeline = run(
      'pipeline',
      { 'raw.csv': 'raw', 'data.csv': 'data' },
      { 'data.csv': 'data' },
    );
    expect(trace(pipeline).columns[-1]).toEqual(['raw.csv']);
    run('touch', {}, { 'a.log': 'empty' }, 'done', 0);
    const reads = run('reads', { 'b.log': 'empty' }, {}, 'done', 0);
    expect(trace(reads).columns[-2]).toBeUndefined();
    expect(tracking.list()).toHaveLength(3);
  });

  it('shows a content that lies in two places once, with both names', () => {
    const { run, trace } = project();
    const id = run('copies', {}, { 'a.bin': 'same', 'b.bin': 'same' });
    const [file] = trace(id).nodes.filter((node) => node.kind === 'file');
    expect([file?.name, file?.also]).toEqual(['a.bin', ['b.bin']]);
  });

  it('keeps columns readable and counts what it leaves out', () => {
    const { run, trace, store } = project();
    const shared = run('base', {}, { 'model.pt': 'model' });
    for (let index = 0; index < 70; index++) run(`use ${index}`, { 'model.pt': 'model' }, {});
    const found = trace(shared);
    expect(found.columns[2]).toHaveLength(60);
    expect(found.hidden).toEqual([{ column: 2, count: 10 }]);
    insertBundle(store, {
      ...{ id: 'b'.repeat(32), at: 5, direction: 'exported', path: 'out.zip', run_id: shared },
      ...{ label: '01.1', verdict: '' },
    });
    expect(trace(shared).columns[1]).toEqual(['model.pt', 'out.zip']);
  });

  it('ends where runs read their own outputs in a circle', () => {
    const { run, trace } = project();
    const first = run('first', { b: 'b' }, { a: 'a' });
    run('second', { a: 'a' }, { b: 'b' });
    const found = trace(first, 20, 20);
    expect(found.nodes.length).toBeLessThanOrEqual(4);
    expect(found.more).toEqual({ up: false, down: false });
  });
});
