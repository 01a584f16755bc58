import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../../src-main/base/logger.ts';
import { parseSettings, SettingsFile } from '../../../../src-main/shells/electron/settings.ts';
import { cascade, placeWindow } from '../../../../src-main/shells/electron/window-state.ts';
import { tempFolder } from '../../../support/temp.ts';

const primary = { x: 0, y: 0, width: 1920, height: 1040 };
const left = { x: -1600, y: 0, width: 1600, height: 860 };
const at = (x: number, y: number, width = 1000, height = 700) => ({
  x,
  y,
  width,
  height,
  maximized: false,
});

describe('a window is put', () => {
  it('where it was, on any display', () => {
    expect(placeWindow(at(100, 50), [primary])).toEqual({
      x: 100,
      y: 50,
      width: 1000,
      height: 700,
    });
    expect(placeWindow(at(-1500, 50), [primary, left]).x).toBe(-1500);
  });

  it('in the middle of the first display when its own is gone, or its top cannot be grasped', () => {
    const middle = { x: 320, y: 100, width: 1280, height: 840 };
    expect(placeWindow(undefined, [primary])).toEqual(middle);
    expect(placeWindow(at(-1500, 50), [primary])).toEqual(middle);
    expect(placeWindow(at(1900, 50), [primary])).toEqual(middle);
    expect(placeWindow(at(100, -100), [primary])).toEqual(middle);
    expect(placeWindow(at(100, 1030), [primary])).toEqual(middle);
    expect(placeWindow(at(5000, 5000), [])).toMatchObject({ width: 1280, height: 840 });
  });

  it('no larger than its display, no smaller than can be used', () => {
    expect(placeWindow(at(0, 0, 9999, 9999), [primary])).toMatchObject(primary);
    expect(placeWindow(at(0, 0, 200, 100), [primary])).toMatchObject({ width: 640, height: 480 });
    const tiny = { x: 0, y: 0, width: 500, height: 300 };
    expect(placeWindow(undefined, [tiny])).toEqual(tiny);
    expect(placeWindow(at(0, 0), [tiny])).toEqual(tiny);
  });

  it('beside the others', () => {
    const bounds = { x: 10, y: 10, width: 1, height: 1 };
    expect(cascade(bounds, [])).toEqual(bounds);
    expect(cascade(bounds, [bounds, { ...bounds, x: 38, y: 38 }])).toMatchObject({ x: 66, y: 66 });
  });
});

describe('the settings file', () => {
  const log: string[] = [];
  const logger = createLogger('debug', (line) => log.push(line));

  it('keeps windows by folder, the last used last', () => {
    const file = join(tempFolder(), 'deep', 'shell.json');
    const settings = new SettingsFile(file, logger);
    settings.setWindow('/a', at(1, 1));
    settings.setWindow(null, at(2, 2));
    settings.setWindow('/a', at(3, 3));
    const again = new SettingsFile(file, logger).settings;
    expect(again).toEqual({ windows: { '': at(2, 2), '/a': at(3, 3) } });
    expect(Object.keys(again.windows)).toEqual(['', '/a']);
    expect(readdirSync(join(file, '..'))).toEqual(['shell.json']);
  });

  it('forgets the oldest of very many windows', () => {
    const settings = new SettingsFile(join(tempFolder(), 'shell.json'), logger);
    for (let i = 0; i < 102; i++) settings.setWindow(`/p${i}`, at(i, i));
    const { windows } = settings.settings;
    expect(Object.keys(windows)).toHaveLength(100);
    expect(windows).not.toHaveProperty('/p1');
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '7',
    '{"windows":7}',
    '{"windows":null}',
    '{"windows":{"/a":{"x":"1","y":0,"width":1,"height":1,"maximized":false},"/b":null}}',
    '{"windows":{"/a":{"x":1.5,"y":0,"width":1,"height":1,"maximized":false}}}',
  ])('that holds %s is as good as none', (text) => {
    expect(parseSettings(text)).toEqual({ windows: {} });
  });

  it('that cannot be written is a warning', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'shell.json'));
    log.length = 0;
    new SettingsFile(join(folder, 'file', 'shell.json'), logger).setWindow(null, at(1, 1));
    new SettingsFile(join(folder, 'shell.json'), logger).setWindow(null, at(1, 1));
    expect(log).toHaveLength(2);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('');
  });
});
