import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogClock, readLogTimes } from '../../../src-main/processes/log-times.ts';
import { tempFolder } from '../../support/temp.ts';

function clockOf(logPath: string, start = 1_795_000_000_000) {
  const time = { now: start };
  return { time, clock: new LogClock(logPath, () => time.now) };
}

/** When a byte was written, as the window looks it up. */
async function timeOf(path: string, offset: number): Promise<number | null> {
  const { ends, times } = await readLogTimes(path, 0, Number.POSITIVE_INFINITY);
  const index = ends.findIndex((end) => end > offset);
  const found = index === -1 ? Number.NaN : (times[index] as number);
  return Number.isNaN(found) ? null : found;
}

describe('the moments of a log', () => {
  it('are known for each stretch of it', async () => {
    const path = join(tempFolder(), 'command.log');
    const { time, clock } = clockOf(path);
    const { now: start } = time;
    writeFileSync(path, 'one\ntwo\n');
    time.now += 100;
    clock.look();
    time.now += 5000;
    clock.look();
    appendFileSync(path, 'three\n');
    time.now += 70;
    clock.end();
    expect(await timeOf(path, 0)).toBe(start + 100);
    expect(await timeOf(path, 4)).toBe(start + 100);
    expect(await timeOf(path, 8)).toBe(start + 5170);
    expect(await timeOf(path, 99)).toBeNull();
  });

  it('go on where a second program writes into the same log', async () => {
    const path = join(tempFolder(), 'stage.log');
    const first = clockOf(path);
    writeFileSync(path, 'a\n');
    first.clock.end();
    // Nobody looked while this was written.
    appendFileSync(path, 'b\n');
    const second = clockOf(path, first.time.now + 60_000);
    appendFileSync(path, 'c\n');
    second.time.now += 10;
    second.clock.end();
    expect(await timeOf(path, 0)).toBe(first.time.now);
    expect(await timeOf(path, 2)).toBeNull();
    expect(await timeOf(path, 4)).toBe(second.time.now);
  });

  it('are asked for a part of the log alone', async () => {
    const path = join(tempFolder(), 'long.log');
    const { time, clock } = clockOf(path);
    for (let line = 0; line < 500; line++) {
      appendFileSync(path, `${'x'.repeat(199)}\n`);
      time.now += 1000;
      clock.look();
    }
    clock.end();
    expect(statSync(`${path}.times`).size).toBeLessThan(500 * 5);
    const { ends, times } = await readLogTimes(path, 40_000, 40_400);
    expect(ends.length).toBeLessThanOrEqual(4);
    expect(times.at(-1)).toBe(time.now - 298_000);
  });

  it('survive a crash in the middle of one, and logs without any', async () => {
    const path = join(tempFolder(), 'cut.log');
    const { time, clock } = clockOf(path);
    writeFileSync(path, 'x'.repeat(300));
    clock.look();
    appendFileSync(path, 'y'.repeat(300));
    time.now += 300;
    clock.end();
    truncateSync(`${path}.times`, readFileSync(`${path}.times`).length - 1);
    expect(await timeOf(path, 0)).toBe(time.now - 300);
    expect(await timeOf(path, 300)).toBeNull();
    expect(await readLogTimes(join(tempFolder(), 'old.log'), 0, 10)).toEqual({
      ends: new Float64Array(0),
      times: new Float64Array(0),
    });
  });
});
