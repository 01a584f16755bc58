import { describe, expect, it } from 'vitest';
import { bulkEdit } from '../../../src-main/contract/bulk-edit.ts';
import { editRuns, tagsOfRuns } from '../../../src-main/tracking/index.ts';
import { commandRun, openServices } from './support.ts';

function threeRuns() {
  const services = openServices();
  const { tracking, store } = services;
  const ids = [1, 2, 3].map(() => tracking.createRun(commandRun({ experiment: 'alpha' })).id);
  const edit = (change: object, of = ids) =>
    editRuns(store, bulkEdit.parse({ ids: of, ...change }));
  const facts = () =>
    ids.map((id) => {
      const { tags, starred, label } = tracking.get(id);
      return { tags, starred, label };
    });
  return { ...services, ids, edit, facts };
}

describe('editing many runs at once', () => {
  it('sets, replaces and removes tags, which undo and redo turn round exactly', async () => {
    const { tracking, ids, edit, facts, undo } = threeRuns();
    tracking.setTag(ids[0]!, 'kind', 'old');
    tracking.setTag(ids[1]!, 'gone', 'soon');
    const before = facts();
    edit({ addTags: { kind: 'new', empty: '' }, removeTags: ['gone'] });
    const after = facts();
    expect(after.map((run) => run.tags)).toEqual(Array(3).fill({ kind: 'new', empty: '' }));
    expect(await undo.undo()).toEqual({ undo: null, redo: 'Tag runs' });
    expect(facts()).toEqual(before);
    await undo.redo();
    expect(facts()).toEqual(after);
  });

  it('gives back stars only to those that had none', async () => {
    const { tracking, ids, edit, facts, undo } = threeRuns();
    tracking.update(ids[1]!, { starred: true });
    expect(edit({ starred: true })).toEqual([ids[0], ids[2]]);
    await undo.undo();
    expect(facts().map((run) => run.starred)).toEqual([false, true, false]);
  });

  it('tags, stars and moves in one edit', async () => {
    const { experiments, edit, ids, facts, undo } = threeRuns();
    const beta = experiments.create('beta');
    const before = facts();
    edit({ addTags: { a: '1' }, starred: true, experimentId: beta.id }, [ids[2]!, ids[0]!]);
    expect(facts().map((run) => run.label)).toEqual(['02.2', '01.2', '02.1']);
    await undo.undo();
    expect(facts()).toEqual(before);
  });

  it('adds nothing to the undo log when nothing changes', () => {
    const { edit, undo } = threeRuns();
    expect(edit({ starred: false, removeTags: ['none'] })).toEqual([]);
    expect(undo.state()).toEqual({ undo: null, redo: null });
  });

  it('changes no run when one of them, or the experiment, is not there', () => {
    const { edit, ids, facts, undo } = threeRuns();
    const before = facts();
    const strange = [ids[0]!, 'f'.repeat(32)];
    expect(() => edit({ addTags: { a: '1' } }, strange)).toThrow('There is no run');
    expect(() => edit({ starred: true, experimentId: 'e'.repeat(32) })).toThrow('no experiment');
    expect(facts()).toEqual(before);
    expect(undo.state().undo).toBeNull();
  });

  it('keeps keys that objects have names of their own for', async () => {
    const { edit, facts, undo } = threeRuns();
    edit({ addTags: { constructor: 'x' } });
    expect(facts()[0]!.tags).toEqual({ constructor: 'x' });
    await undo.undo();
    expect(facts()[0]!.tags).toEqual({});
  });

  it('says which tags runs have, and which of them agree', () => {
    const { tracking, store, ids } = threeRuns();
    for (const id of ids) tracking.setTag(id, 'data', 'v2');
    tracking.setTag(ids[0]!, 'by', 'ann');
    tracking.setTag(ids[1]!, 'by', 'bob');
    expect(tagsOfRuns(store, ids)).toEqual([
      { key: 'by', runs: 2, value: null },
      { key: 'data', runs: 3, value: 'v2' },
    ]);
  });
});
