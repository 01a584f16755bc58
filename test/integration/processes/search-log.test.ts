import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findLogLine, searchLog } from '../../../src-main/processes/index.ts';
import { tempFolder } from '../../support/temp.ts';

function log(text: string): string {
  const path = join(tempFolder(), 'a.log');
  writeFileSync(path, text);
  return path;
}

describe('searching a log', () => {
  it('finds lines across stretches, whatever their case and colours', async () => {
    const filler = `${'x'.repeat(99)}\n`.repeat(50_000);
    const path = log(`First Größe\n${filler}\u001b[31mEr\u001b[0mror here\n${filler}last error`);
    const at = 12 + 2 + filler.length;
    expect(await searchLog(path, 'ERROR', 10)).toEqual({
      matches: [
        { offset: at, line: 50_002 },
        { offset: at + 9 + 11 + filler.length, line: 100_003 },
      ],
      cut: false,
    });
    expect(await searchLog(path, 'größe', 10)).toMatchObject({ matches: [{ offset: 0, line: 1 }] });
    expect(await searchLog(path, 'xxx', 5)).toMatchObject({ cut: true });
    expect(await findLogLine(path, 50_002)).toEqual({ offset: at, line: 50_002 });
    expect(await findLogLine(path, 10 ** 9)).toMatchObject({ line: 100_003 });
  });

  it('has nothing of a log that is not there, and can be stopped', async () => {
    expect(await searchLog('/nowhere/a.log', 'x', 1)).toEqual({ matches: [], cut: false });
    const signal = AbortSignal.abort();
    await expect(searchLog(log('x'), 'x', 1, { signal })).rejects.toThrow();
    expect(await findLogLine(log(''), 5)).toEqual({ offset: 0, line: 1 });
  });
});
