import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlace, type Place, to } from '../../../../src-renderer/state/route.ts';
import { keepTabs, recallTabs } from '../../../../src-renderer/state/tab-storage.ts';
import {
  activeTab,
  closeOthers,
  closeTab,
  mostTabs,
  moveTab,
  neighbour,
  oneTab,
  openTab,
  readTabs,
  reopenTab,
  replace,
  showStep,
  stepOf,
  type Tabs,
  walk,
  writeTabs,
} from '../../../../src-renderer/state/tabs.ts';

const at = (view: Parameters<typeof to>[0], ...parts: string[]): Place => ({
  main: to(view, parts),
  beside: null,
});

/** The tabs by what they show, the one in front in brackets. */
function shown(all: Tabs): string {
  return all.tabs
    .map((tab) => {
      const { place } = stepOf(tab);
      const name = place === null ? '?' : formatPlace(place).slice(2);
      return tab.id === all.active ? `[${name}]` : name;
    })
    .join(' ');
}

const three = openTab(openTab(oneTab(at('timeline')), at('runs')), at('models'));

describe('tabs', () => {
  it('each have a way back of their own', () => {
    const first = walk(walk(oneTab(at('timeline')), at('runs')), at('run', '02.7'));
    const second = walk(openTab(first, at('models')), at('settings'));
    expect(shown(second)).toBe('run/02.7 [settings]');
    expect(activeTab(second).steps).toHaveLength(2);
    const [tab] = second.tabs;
    const back = showStep(second, tab?.id ?? 0, tab?.steps[0]?.key ?? 0);
    expect(back && shown(back)).toBe('[timeline] settings');
    expect(showStep(second, 12345, 1)).toBeNull();
    expect(showStep(second, tab?.id ?? 0, -1)).toBeNull();
    // Going on from there forgets what was ahead.
    expect(back && activeTab(walk(back, at('charts'))).steps).toHaveLength(2);
  });

  it('open right of the one in front, and close towards it', () => {
    expect(shown(three)).toBe('timeline runs [models]');
    const [first, second] = three.tabs;
    const behind = openTab({ ...three, active: first?.id ?? 0 }, at('tidy'), true);
    expect(shown(behind)).toBe('[timeline] tidy runs models');
    expect(shown(closeTab(three, three.active))).toBe('timeline [runs]');
    expect(shown(closeTab(three, second?.id ?? 0))).toBe('timeline [models]');
    expect(shown(closeTab({ ...three, active: second?.id ?? 0 }, second?.id ?? 0))).toBe(
      'timeline [models]',
    );
    expect(shown(closeOthers(three, first?.id ?? 0))).toBe('[timeline]');
    const one = oneTab(at('runs'));
    expect(closeTab(one, one.active)).toBe(one);
  });

  it('come back where they were', () => {
    const second = three.tabs[1];
    if (second === undefined) throw new Error('three tabs');
    expect(shown(reopenTab(closeTab(three, second.id), second, 1))).toBe('timeline [runs] models');
    expect(shown(reopenTab(oneTab(at('tidy')), second, 7))).toBe('tidy [runs]');
  });

  it('are gone through around the ends, and moved', () => {
    const [first, second, third] = three.tabs.map((tab) => tab.id);
    expect(neighbour(three, 1)).toBe(first);
    expect(neighbour(three, -1)).toBe(second);
    expect(shown(moveTab(three, third ?? 0, 0))).toBe('[models] timeline runs');
    expect(shown(moveTab(three, first ?? 0, 99))).toBe('runs [models] timeline');
    expect(shown(moveTab(three, first ?? 0, -1))).toBe('timeline runs [models]');
  });

  it('have a limit, and steps too', () => {
    let all = oneTab();
    for (let i = 0; i < 2 * mostTabs; i += 1) all = openTab(all, at('runs'));
    expect(all.tabs).toHaveLength(mostTabs);
    for (let i = 0; i < 500; i += 1) all = walk(all, at('run', String(i)));
    expect(activeTab(all).steps.length).toBeLessThan(100);
    expect(stepOf(activeTab(all)).place?.main.parts).toEqual(['499']);
  });

  it('keep the step when its place is replaced', () => {
    const before = stepOf(activeTab(three)).key;
    const after = stepOf(activeTab(replace(three, at('charts'))));
    expect(after).toEqual({ key: before, place: at('charts') });
  });
});

describe('kept tabs', () => {
  it('are read as they were written', () => {
    const [first] = three.tabs;
    const tabs = walk(walk({ ...three, active: first?.id ?? 0 }, at('run', 'a~b/c')), at('tidy'));
    const read = readTabs(writeTabs(tabs));
    expect(read && shown(read)).toBe(shown(tabs));
    expect(read && activeTab(read).steps.map(({ place }) => place)).toEqual(
      activeTab(tabs).steps.map(({ place }) => place),
    );
  });

  it('keep their place in a long walk that somebody went back in', () => {
    let all = oneTab(at('timeline'));
    for (let i = 0; i < 50; i += 1) all = walk(all, at('run', String(i)));
    const tab = activeTab(all);
    const back = showStep(all, tab.id, tab.steps[3]?.key ?? 0);
    const read = back && readTabs(writeTabs(back));
    expect(read && shown(read)).toBe('[run/2]');
  });

  it('are not taken from what is damaged', () => {
    for (const text of [
      null,
      '',
      '{',
      '[]',
      '{"tabs":5}',
      '{"tabs":[{"steps":[]}]}',
      '{"tabs":[{"steps":["#/nonsense"]}]}',
    ]) {
      expect(readTabs(text), String(text)).toBeNull();
    }
    const odd = readTabs('{"active":99,"tabs":[{"at":-4,"steps":["#/runs",7,"#/run/%E0%A4%A"]}]}');
    expect(odd && shown(odd)).toBe('[runs]');
    fc.assert(
      fc.property(fc.json(), (text) => {
        const read = readTabs(text);
        if (read !== null) expect(stepOf(activeTab(read)).place).not.toBeNull();
      }),
    );
  });

  function memory() {
    const kept = new Map<string, string>();
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
  }

  it('are a window’s own while it is there, and those of the last one for the next', () => {
    const [shared, first, second] = [memory(), memory(), memory()];
    keepTabs('/a', three, shared, first);
    keepTabs('/a', oneTab(), shared, second);
    expect(shown(recallTabs('/a', shared, first) ?? oneTab())).toBe(shown(three));
    expect(shown(recallTabs('/a', shared, second) ?? three)).toBe(shown(oneTab()));
    expect(shown(recallTabs('/a', shared, memory()) ?? three)).toBe(shown(oneTab()));
  });

  it('are kept for each folder, and not for ever', () => {
    const storage = memory();
    const { kept } = storage;
    keepTabs('/a', three, storage, memory());
    expect(recallTabs('/b', storage, memory())).toBeNull();
    expect(shown(recallTabs('/a', storage, memory()) ?? oneTab())).toBe(shown(three));
    for (let i = 0; i < 80; i += 1) keepTabs(`/f${i}`, three, storage, memory());
    expect(recallTabs('/a', storage, memory())).toBeNull();
    expect(recallTabs('/f79', storage, memory())).not.toBeNull();
    expect(kept.size).toBeLessThan(60);
    const full = {
      ...storage,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(() => keepTabs('/a', three, full, memory())).not.toThrow();
  });
});
