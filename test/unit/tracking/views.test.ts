import { describe, expect, it } from 'vitest';
import { viewState } from '../../../src-main/contract/views.ts';
import { writeSetting } from '../../../src-main/store/settings.ts';
import { UndoLog } from '../../../src-main/tracking/index.ts';
import {
  keepCurrent,
  readViews,
  removeView,
  renameView,
  saveView,
  setStandardView,
  viewEdits,
} from '../../../src-main/tracking/views.ts';
import { openServices } from './support.ts';

const state = (filter: string) => viewState.parse({ filter });

function open() {
  const { store } = openServices();
  return { store, undo: new UndoLog(store, () => ({ views: viewEdits(store) })) };
}

describe('saved views', () => {
  it('are saved, changed, renamed, chosen and deleted, and each is taken back', async () => {
    const { store, undo } = open();
    const id = saveView(store, { id: null, name: 'best', state: state('a') });
    saveView(store, { id, name: 'best', state: state('b') });
    renameView(store, id, 'good');
    setStandardView(store, id);
    expect(readViews(store)).toMatchObject({
      views: [{ id, name: 'good', state: { filter: 'b' } }],
      standard: id,
    });
    removeView(store, id);
    expect(readViews(store)).toEqual({ views: [], standard: null, current: null });
    await undo.undo();
    expect(readViews(store).standard).toBe(id);
    await undo.undo();
    await undo.undo();
    await undo.undo();
    expect(readViews(store).views).toMatchObject([{ name: 'best', state: { filter: 'a' } }]);
    await undo.redo();
    expect(readViews(store).views[0]?.state.filter).toBe('b');
  });

  it('have names of their own', () => {
    const { store } = open();
    const first = saveView(store, { id: null, name: 'a', state: state('') });
    const second = saveView(store, { id: null, name: 'b', state: state('') });
    expect(() => saveView(store, { id: null, name: 'a', state: state('') })).toThrow(/already/);
    expect(() => renameView(store, second, 'a')).toThrow(/already/);
    renameView(store, first, 'a');
    expect(() => removeView(store, 'f'.repeat(32))).toThrow(/not there any more/);
    expect(() => setStandardView(store, 'f'.repeat(32))).toThrow(/not there any more/);
  });

  it('and how the table was left are none where they cannot be read', () => {
    const { store } = open();
    keepCurrent(store, state('x'));
    expect(readViews(store).current?.filter).toBe('x');
    writeSetting(store, 'runs.table', '{"order": 3}');
    writeSetting(store, 'runs.views', 'not json');
    expect(readViews(store)).toEqual({ views: [], standard: null, current: null });
  });
});
