import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { keepNoteImage, readNoteImage } from '../../../src-main/tracking/note-images.ts';
import { Notes } from '../../../src-main/tracking/notes.ts';
import { tempFolder } from '../../support/temp.ts';
import { commandRun, openServices } from './support.ts';

const minute = 60_000;

function bodies(notes: Notes, id: string): string[] {
  return notes.history(id).map(({ id: version }) => notes.version(version).body);
}

describe('what a note has said', () => {
  afterEach(() => void vi.useRealTimers());

  test('is one text for all that one editor saved on', () => {
    const notes = new Notes(openServices().store);
    const id = notes.create('T', null, 'editor 1');
    notes.update(id, 'Two', 'editor 1');
    notes.update(id, 'Two words', 'editor 1');
    expect(bodies(notes, id)).toEqual(['Two words']);
    notes.update(id, 'Two words more', 'editor 2');
    notes.update(id, 'By a command');
    notes.update(id, 'By a command');
    notes.update(id, 'By another command');
    expect(bodies(notes, id)).toEqual([
      'By another command',
      'By a command',
      'Two words more',
      'Two words',
    ]);
  });

  test('is kept before much of it goes, and every ten minutes of writing', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const notes = new Notes(openServices().store);
    const long = 'A text of some length that nobody wants to lose.';
    const id = notes.create(long, null, 'e');
    notes.update(id, 'x', 'e');
    expect(bodies(notes, id)).toEqual(['x', long]);
    vi.setSystemTime(Date.now() + 6 * minute);
    notes.update(id, 'xy', 'e');
    vi.setSystemTime(Date.now() + 6 * minute);
    notes.update(id, 'xyz', 'e');
    expect(bodies(notes, id)).toEqual(['xyz', 'xy', long]);
  });

  test('holds notes of runs, also what another program wrote there', () => {
    const { store, tracking } = openServices();
    const notes = new Notes(store);
    const { id } = tracking.createRun(commandRun({ note: 'From the start.' }));
    tracking.update(id, { note: 'Mine.' }, 'e');
    store.prepare('UPDATE runs SET note = ? WHERE id = ?').run('From elsewhere.', id);
    tracking.update(id, { note: 'From elsewhere, and mine.' }, 'e');
    tracking.update(id, { starred: true });
    expect(bodies(notes, id)).toEqual([
      'From elsewhere, and mine.',
      'From elsewhere.',
      'Mine.',
      'From the start.',
    ]);
    store.prepare('DELETE FROM runs WHERE id = ?').run(id);
    expect(notes.history(id)).toEqual([]);
  });
});

describe('pictures of notes', () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');

  test('are kept once, by their content', async () => {
    const folder = tempFolder();
    const name = keepNoteImage(folder, png, 100);
    expect(name).toBe(`${createHash('sha256').update(png).digest('hex')}.png`);
    expect(keepNoteImage(folder, png, 100)).toBe(name);
    expect(readdirSync(join(folder, 'notes'))).toEqual([name]);
    const { type, bytes } = await readNoteImage(folder, name);
    expect(type).toBe('image/png');
    expect(Buffer.from(bytes)).toEqual(png);
  });

  test.each([
    ['RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
    ['GIF89a', 'gif'],
    ['\xff\xd8\xff\xe0', 'jpg'],
  ])('are told by their first bytes', (start, extension) => {
    const name = keepNoteImage(tempFolder(), Buffer.from(start, 'latin1'), 100);
    expect(name.split('.')[1]).toBe(extension);
  });

  test('are refused when they are something else or too large', async () => {
    const folder = tempFolder();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    expect(() => keepNoteImage(folder, svg, 1000)).toThrow(/Only PNG/);
    expect(() => keepNoteImage(folder, new Uint8Array(), 1000)).toThrow(/Only PNG/);
    const large = Buffer.concat([png, Buffer.alloc(3 << 20)]);
    expect(() => keepNoteImage(folder, large, 2 << 20)).toThrow('larger than 2 MB');
    expect(readdirSync(folder)).toEqual([]);
    await expect(readNoteImage(folder, `${'0'.repeat(64)}.png`)).rejects.toThrow('not there any');
  });
});
