import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSystem } from '../../../src-main/api/run-page/system.ts';
import { loadPath } from '../../../src-main/tracking/index.ts';
import { commandRun, openServices } from '../tracking/support.ts';

function logged() {
  const services = openServices();
  const { id } = services.tracking.createRun(commandRun());
  const points = (key: string, values: number[]) =>
    values.map((value, step) => ({ key, step, time: 1000 * (step + 1), value }));
  services.tracking.appendMetrics(id, [
    ...points('loss', [1, 2]),
    ...points('system/cpu_utilization_percentage', [50, 60]),
    ...points('system/system_memory_usage_megabytes', [100, 200]),
    ...points('system/system_memory_usage_percentage', [10, 20]),
    ...points('system/network_receive_megabytes', [0, 2, 1, 4]),
    ...points('system/gpu_1_utilization_percentage', [90, 95]),
    ...points('system/fan', [3]),
  ]);
  const read = () => readSystem(services.store, services.folder, id, 100);
  return { ...services, id, read };
}

describe('the load of a run', () => {
  it('is what MLflow’s client sampled, in bytes and rates', async () => {
    const found = await logged().read();
    expect(found.map(({ quantity, device, values }) => [quantity, device, [...values]])).toEqual([
      ['cpu-percent', '', [50, 60]],
      ['other', 'fan', [3]],
      ['gpu', '1', [90, 95]],
      // What was counted anew after 2 MB is left out.
      ['net-in', '', [2e6, 3e6]],
      ['memory', '', [1e8, 2e8]],
    ]);
  });

  it('is of the runner where both have measured the same', async () => {
    const { folder, id, read } = logged();
    const path = loadPath(folder, id);
    mkdirSync(dirname(path), { recursive: true });
    const gpu = '{"n":"A100","u":7,"m":5,"M":80}';
    writeFileSync(
      path,
      `{"version":1,"cores":8,"memory":64}\n{"t":1000,"c":1.5,"C":2,"m":10,"M":20,"g":[${gpu}]}\n`,
    );
    const found = await read();
    expect(
      found.map(({ quantity, of, device, capacity }) => [quantity, of, device, capacity]),
    ).toEqual([
      ['cpu', 'run', '', 8],
      ['cpu', 'machine', '', 8],
      ['memory', 'run', '', 64],
      ['memory', 'machine', '', 64],
      ['gpu', 'machine', '0', 100],
      ['gpu-memory', 'machine', '0', 80],
      ['other', 'machine', 'fan', null],
      ['net-in', 'machine', '', null],
    ]);
  });
});
