import { cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sacred } from '../../../src-main/importers/sacred/index.ts';
import { survivesDamage } from '../../support/damage.ts';
import { Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/sacred');

async function read(version: string) {
  const root = tempFolder();
  cpSync(join(fixtures, version), root, { recursive: true });
  const gathering = new Gathering();
  const sources = await gathering.read(sacred, root);
  return { root, gathering, sources };
}

describe.each(['sacred-0.8.4', 'sacred-0.8.7'])('the runs of %s', (version) => {
  it('are read with config, metrics and how they ended', async () => {
    const { sources, gathering, root } = await read(version);
    expect(sources).toEqual(['sacred_runs']);
    expect(gathering.skipped.size).toBe(0);
    expect([...gathering.runs.keys()].sort()).toEqual(['1', '2', '3']);
    const run = gathering.runs.get('1');
    expect(run).toMatchObject({
      experiment: 'digits',
      status: 'FINISHED',
      note: 'the first one',
      command: 'python make.py main',
      artifactRoot: 'sacred_runs/1',
      aliases: ['folder:sacred_runs/1'],
      params: { lr: '0.1', 'net.depth': '3', 'net.layers': '[8, 4]', name: '十', shape: '[2, 3]' },
      tags: { 'info.best': '5' },
    });
    expect(run?.params.weights).toBe('[1.0, 2.0]');
    const metrics = JSON.parse(
      readFileSync(join(root, 'sacred_runs/1/metrics.json'), 'utf8').replace(/NaN|Infinity/g, '0'),
    ) as Record<string, { steps: number[]; values: number[]; timestamps: string[] }>;
    const written = metrics['train/loss'];
    expect(run?.series['train/loss']).toEqual(
      written?.steps.map((step, i) => [
        step,
        Date.parse(`${written.timestamps[i]}Z`),
        written.values[i],
      ]),
    );
    expect(run?.series.bad?.map(([, , value]) => value)).toEqual([Number.NaN, Infinity]);
    expect(run?.series.result?.[0]?.[2]).toBe(0.5);
    expect(run?.endedAt).toBeGreaterThanOrEqual(run?.startedAt ?? Infinity);
    expect(gathering.runs.get('2')).toMatchObject({
      status: 'FAILED',
      command: 'python make.py main with lr=0.2',
      tags: { error: 'ValueError: diverged' },
    });
    expect(gathering.runs.get('3')).toMatchObject({
      status: 'KILLED',
      tags: { 'sacred.status': 'TIMEOUT' },
    });
    await gathering.read(sacred, root);
    expect(gathering.handedOver).toBe(0);
  });

  it('survive anything in their files', async () => {
    const { root } = await read(version);
    for (const name of ['run.json', 'config.json', 'metrics.json', 'info.json']) {
      await survivesDamage(sacred, root, join(root, 'sacred_runs/1', name));
    }
  });
});

describe('a run that goes on', () => {
  const going = (heartbeat: Date) =>
    JSON.stringify({
      experiment: { name: 'e' },
      status: 'RUNNING',
      start_time: '2026-01-01T00:00:00',
      heartbeat: heartbeat.toISOString().replace('Z', ''),
    });

  async function started(heartbeat: Date) {
    const root = tempFolder();
    mkdirSync(join(root, 'runs/7'), { recursive: true });
    writeFileSync(join(root, 'runs/7/cout.txt'), '');
    writeFileSync(join(root, 'runs/7/config.json'), '{}');
    writeFileSync(join(root, 'runs/7/run.json'), going(heartbeat));
    utimesSync(join(root, 'runs/7/run.json'), heartbeat, heartbeat);
    const gathering = new Gathering();
    await gathering.read(sacred, root);
    return { root, gathering };
  }

  it('is shown as running, and read while it is written', async () => {
    const { root, gathering } = await started(new Date());
    expect(gathering.runs.get('7')?.status).toBe('RUNNING');
    const metrics = join(root, 'runs/7/metrics.json');
    writeFileSync(metrics, '{"loss": {"steps": [0], "values": [0.5], "timest');
    await gathering.read(sacred, root);
    expect(gathering.skipped.get('runs/7/metrics.json')).toMatch(/not whole/);
    expect(gathering.runs.get('7')?.status).toBe('RUNNING');
    writeFileSync(metrics, '{"loss": {"steps": [0, 1], "values": [0.5, 0.25]}}');
    await gathering.read(sacred, root);
    expect(gathering.runs.get('7')?.series.loss?.map(([step, , value]) => [step, value])).toEqual([
      [0, 0.5],
      [1, 0.25],
    ]);
  });

  it('is dead when its heart stopped', async () => {
    const { gathering } = await started(new Date(Date.now() - 3_600_000));
    expect(gathering.runs.get('7')?.status).toBe('KILLED');
  });
});
