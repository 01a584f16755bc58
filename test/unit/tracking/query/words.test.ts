import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { insertExecution } from '../../../../src-main/store/lineage.ts';
import { logPath } from '../../../../src-main/tracking/index.ts';
import { makeStore } from './support.ts';

describe('words', () => {
  it.each([
    ['baseline', 'a'],
    ['ASELIN', 'a'],
    ['convolut', 'b'],
    ['"convolutional net"', 'b'],
    ['"net convolutional"', ''],
    ['"convolutional ne"', ''],
    ['验证', 'b'],
    ['证验', ''],
    ['naive', 'a'],
    ['red', 'b'],
    ['adamw', 'a'],
    ['train.py', 'ab'],
    ['train optimizer', 'a'],
    ['NOT red', 'a'],
    ['red OR adamw', 'ab'],
    ['"AND"', ''],
    ['---', ''],
    ['"*"', ''],
    ['volution', ''],
  ])('%s are found in %s', (words, wanted) => {
    const { find } = makeStore([
      { name: 'a baseline', note: 'Naïve, but quick', params: { optimizer: 'AdamW' } },
      { name: 'b', note: 'a convolutional net. 验证集上很好', tags: { team: 'red' } },
    ]);
    expect(
      find(words)
        .map((name) => name.charAt(0))
        .join(''),
    ).toBe(wanted);
  });

  it('are those of now', () => {
    const { find, tracking, store, ids } = makeStore([{ name: 'a' }, { name: 'b' }]);
    const id = ids[0] as string;
    expect(find('swift')).toEqual([]);
    tracking.setTag(id, 'speed', 'swift');
    expect(find('swift')).toEqual(['a']);
    tracking.setTag(id, 'speed', 'slow');
    expect(find('swift')).toEqual([]);
    tracking.update(id, { note: 'swift again' });
    expect(find('swift')).toEqual(['a']);
    store.db.prepare('DELETE FROM runs WHERE id = ?').run(id);
    expect(find('swift')).toEqual([]);
    expect(store.db.prepare('SELECT count(*) FROM run_text_stale').pluck().get()).toBe(0);
  });

  it('are found in the last lines of logs', () => {
    const { find, tracking, store, ids, folder } = makeStore([{ name: 'a' }]);
    const id = ids[0] as string;
    const path = logPath(folder, id, '');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `begun\n${'.'.repeat(10_000)}\nCUDA out of memory\n`);
    insertExecution(store, {
      id: 'e'.repeat(32),
      run_id: id,
      stage: '',
      position: 0,
      state: 'failed',
      command: '',
      reason: '',
      started_at: 1,
      ended_at: 2,
      exit_code: 1,
      peak_memory: null,
      cpu_seconds: null,
    });
    tracking.finishRun(id, { status: 'FAILED', exitCode: 1, error: null });
    expect(find('"out of memory"')).toEqual(['a']);
    expect(find('begun')).toEqual([]);
  });
});
