import { describe, expect, it } from 'vitest';
import { commandRun, openServices } from './support.ts';

function threeAndTwo() {
  const services = openServices();
  const { tracking } = services;
  const a = [1, 2, 3].map(() => tracking.createRun(commandRun({ experiment: 'alpha' })));
  const b = [1, 2].map(() => tracking.createRun(commandRun({ experiment: 'beta' })));
  const labels = () => Object.fromEntries(tracking.list().map((row) => [row.id, row.label]));
  return { ...services, a: a.map((r) => r.id), b: b.map((r) => r.id), labels };
}

describe('numbers over runs', () => {
  it('counts within each experiment', () => {
    const { a, b, labels } = threeAndTwo();
    expect([...a, ...b].map((id) => labels()[id])).toEqual([
      '01.1',
      '01.2',
      '01.3',
      '02.1',
      '02.2',
    ]);
  });

  it('reorders experiments, and undo and redo bring each order back', async () => {
    const { undo, experiments, a, b, labels } = threeAndTwo();
    const before = labels();
    const [alpha, beta] = experiments.list();
    experiments.reorder([beta!.id, alpha!.id]);
    expect(labels()[a[0]!]).toBe('02.1');
    expect(labels()[b[0]!]).toBe('01.1');
    const after = labels();
    expect(await undo.undo()).toEqual({ undo: null, redo: 'Reorder experiments' });
    expect(labels()).toEqual(before);
    await undo.redo();
    expect(labels()).toEqual(after);
  });

  it('renumbers runs of one experiment; runs left out follow', async () => {
    const { undo, experiments, a, labels } = threeAndTwo();
    experiments.reorderRuns(experiments.list()[0]!.id, [a[2]!]);
    expect(a.map((id) => labels()[id])).toEqual(['01.2', '01.3', '01.1']);
    await undo.undo();
    expect(a.map((id) => labels()[id])).toEqual(['01.1', '01.2', '01.3']);
  });

  it('moves runs to another experiment and back', async () => {
    const { undo, experiments, a, b, labels } = threeAndTwo();
    experiments.moveRuns([a[1]!, a[0]!], experiments.list()[1]!.id);
    expect([a[1]!, a[0]!, b[0]!].map((id) => labels()[id])).toEqual(['02.3', '02.4', '02.1']);
    await undo.undo();
    expect(a.map((id) => labels()[id])).toEqual(['01.1', '01.2', '01.3']);
  });

  it('merges, and undo restores the removed experiment with its name and number', async () => {
    const { undo, experiments, a, labels } = threeAndTwo();
    const [alpha, beta] = experiments.list();
    experiments.merge(alpha!.id, beta!.id);
    expect(experiments.list().map((e) => e.name)).toEqual(['beta']);
    expect(a.map((id) => labels()[id])).toEqual(['02.3', '02.4', '02.5']);
    await undo.undo();
    expect(experiments.list().map((e) => [e.number, e.name, e.runs])).toEqual([
      [1, 'alpha', 3],
      [2, 'beta', 2],
    ]);
  });

  it('keeps runs that came in after an edit when it is undone', async () => {
    const { undo, experiments, tracking, a, labels } = threeAndTwo();
    experiments.moveRuns([a[2]!], experiments.list()[1]!.id);
    const late = tracking.createRun(commandRun({ experiment: 'alpha' }));
    expect(labels()[late.id]).toBe('01.3');
    await undo.undo();
    expect(labels()[a[2]!]).toBe('01.3');
    expect(labels()[late.id]).toBe('01.4');
  });

  it('refuses what is not there, with nothing changed', async () => {
    const { undo, experiments, labels } = threeAndTwo();
    const before = labels();
    const alpha = experiments.list()[0]!.id;
    expect(() => experiments.merge(alpha, alpha)).toThrow('itself');
    expect(() => experiments.moveRuns(['f'.repeat(32)], alpha)).toThrow('no run');
    expect(() => experiments.reorder(['f'.repeat(32)])).toThrow('not there');
    await expect(undo.undo()).rejects.toThrow('nothing to undo');
    expect(labels()).toEqual(before);
  });

  it('joins the experiment used last, makes one for a new name, refuses a number that is not there', () => {
    const { tracking } = threeAndTwo();
    expect(tracking.createRun(commandRun()).label).toBe('02.3');
    expect(tracking.createRun(commandRun({ experiment: '01' })).label).toBe('01.4');
    expect(tracking.createRun(commandRun({ experiment: 'gamma' })).label).toBe('03.1');
    expect(() => tracking.createRun(commandRun({ experiment: '9' }))).toThrow('no experiment');
  });
});
