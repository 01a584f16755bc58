import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseNvidia } from '../../../src-main/processes/load/gpus.ts';
import { readLoadLog } from '../../../src-main/processes/load/log.ts';
import {
  parseNetwork,
  parseProcStat,
  readMachine,
} from '../../../src-main/processes/load/machine.ts';
import { LoadRecorder } from '../../../src-main/processes/load/recorder.ts';
import { tempFolder } from '../../support/temp.ts';

describe('the counters of a machine', () => {
  it('takes the time of all cores from the first line of /proc/stat, waiting as idle', () => {
    const text = 'cpu  100 5 50 800 20 3 2 20 7 0\ncpu0 100 5 50 800 20 3 2 20 7 0\nintr 5\n';
    expect(parseProcStat(text)).toEqual({ busy: 180, total: 1000 });
    expect(parseProcStat('nonsense')).toBeNull();
  });

  it('sums what came over real devices only', () => {
    const text = [
      'Inter-|   Receive                            |  Transmit',
      ' face |bytes packets errs drop fifo frame compressed multicast|bytes packets',
      '    lo: 999 1 0 0 0 0 0 0 999 1 0 0 0 0 0 0',
      '  eth0: 1000 9 0 0 0 0 0 0 200 4 0 0 0 0 0 0',
      'wlp3s0:30 9 0 0 0 0 0 0 4 4 0 0 0 0 0 0',
      'docker0: 500 9 0 0 0 0 0 0 500 4 0 0 0 0 0 0',
    ].join('\n');
    expect(parseNetwork(text)).toEqual({ received: 1030, sent: 204 });
  });

  it('does without what a system does not tell', () => {
    const nothing = () => {
      throw new Error('ENOENT');
    };
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const found = readMachine(platform, nothing);
      expect(found.received).toBeNull();
      expect(found.total).toBeGreaterThan(0);
      expect(found.memory).toBeGreaterThan(0);
    }
  });
});

describe('NVIDIA’s tool', () => {
  it('tells of a card, with fields that it does not know left empty', () => {
    expect(parseNvidia('1, NVIDIA A100-SXM4-40GB, 87, 1024, 40960, 250.31')).toEqual({
      index: 1,
      load: {
        name: 'NVIDIA A100-SXM4-40GB',
        utilization: 87,
        memory: 2 ** 30,
        memoryTotal: 40 * 2 ** 30,
        watts: 250.31,
      },
    });
    expect(parseNvidia('0, GTX 650, [N/A], 12, 2048, [N/A]')?.load).toMatchObject({
      utilization: null,
      watts: null,
    });
    expect(parseNvidia('NVIDIA-SMI has failed because…')).toBeNull();
  });
});

describe('the load of a run', () => {
  const env = { PATH: '' };
  const machine = (busy: number) => ({
    busy,
    total: 1000,
    memory: 8e9,
    received: busy * 10,
    sent: 0,
  });

  function recorder(path: string) {
    const clock = { now: 1_000_000, busy: 0, total: 0 };
    const load = new LoadRecorder({
      path,
      root: tempFolder(),
      env,
      now: () => clock.now,
      machine: () => ({ ...machine(clock.busy), total: clock.total }),
    });
    return { load, clock };
  }

  it('adds up what runs side by side, each by the time between its own looks', async () => {
    const path = join(tempFolder(), 'runs', 'one', 'load.jsonl');
    const { load, clock } = recorder(path);
    const [a, b] = [load.watch(), load.watch()];
    clock.now += 500;
    b.look({ cpuSeconds: 0.25, memory: 200, read: 0, written: 1000 });
    clock.now += 500;
    clock.total = 200;
    clock.busy = 100;
    a.look({ cpuSeconds: 2, memory: 100, read: 4000, written: 0 });
    load.close();
    const log = await readLoadLog(path);
    expect(log?.rows).toHaveLength(1);
    expect(log?.rows[0]).toMatchObject({
      at: 1_001_000,
      // Two cores of the one, half of one of the other.
      cpu: 2.5,
      memory: 300,
      read: 4000,
      written: 2000,
      machineCpu: (log?.head.cores ?? 0) / 2,
      received: 1000,
    });
  });

  it('writes nothing of what is over within a second', async () => {
    const path = join(tempFolder(), 'load.jsonl');
    const { load, clock } = recorder(path);
    const watch = load.watch();
    clock.now += 400;
    watch.look({ cpuSeconds: 0.1, memory: 1, read: 0, written: 0 });
    watch.end();
    load.close();
    expect(await readLoadLog(path)).toBeNull();
  });

  it('looks more rarely the longer a run goes: a week stays small', () => {
    const path = join(tempFolder(), 'load.jsonl');
    const { load, clock } = recorder(path);
    const watch = load.watch();
    const week = 7 * 86_400;
    for (let second = 0; second < week; second += 10) {
      clock.now += 10_000;
      watch.look({ cpuSeconds: second, memory: 1e9, read: second * 1e6, written: 0 });
    }
    load.close();
    const text = readFileSync(path, 'utf8');
    expect(text.split('\n').length).toBeGreaterThan(5000);
    expect(text.length).toBeLessThan(2 ** 21);
  });

  it('reads what a crash has cut off, and lines of nobody’s', async () => {
    const path = join(tempFolder(), 'load.jsonl');
    writeFileSync(path, '{"version":1,"cores":4,"memory":8}\n{"t":5,"c":1.5,"M":7}\n');
    appendFileSync(
      path,
      '[]\nnull\n{"t":"x"}\n{"t":9,"c":"NaN","g":[null,{"n":3}]}\n{"t":10,"c":0.',
    );
    const log = await readLoadLog(path);
    expect(log?.head).toEqual({ cores: 4, memory: 8 });
    expect(log?.rows.map((row) => [row.at, row.cpu, row.gpus.length])).toEqual([
      [5, 1.5, 0],
      [9, null, 2],
    ]);
    writeFileSync(path, 'not json');
    expect(await readLoadLog(path)).toBeNull();
  });
});
