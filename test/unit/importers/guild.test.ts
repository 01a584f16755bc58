import {
  appendFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { guild } from '../../../src-main/importers/guild/index.ts';
import { tensorboard } from '../../../src-main/importers/tensorboard/index.ts';
import { survivesDamage } from '../../support/damage.ts';
import { type GatheredRun, Gathering } from '../../support/importer.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/guild');

async function read(version: string) {
  const root = tempFolder();
  cpSync(join(fixtures, version), root, { recursive: true });
  const gathering = new Gathering();
  const sources = await gathering.read(guild, root);
  const runs = [...gathering.runs.values()];
  const find = (matches: (run: GatheredRun) => boolean) => {
    const run = runs.find(matches);
    if (run === undefined) throw new Error('no such run');
    return run;
  };
  return { root, gathering, sources, runs, find };
}

describe.each(['guildai-0.8.2', 'guildai-0.9.0'])('the runs of %s', (version) => {
  it('are read with flags, scalars and how they ended', async () => {
    const { sources, gathering, runs, find, root } = await read(version);
    expect(sources).toEqual(['.guild']);
    expect(gathering.skipped.size).toBe(0);
    expect(runs).toHaveLength(6);
    const first = find((run) => run.name === 'first');
    const folder = `.guild/runs/${first.nativeId}`;
    expect(first).toMatchObject({
      experiment: 'train',
      status: 'FINISHED',
      note: 'a note',
      deleted: false,
      artifactRoot: folder,
      aliases: [`folder:${folder}`],
      command: 'guild run train lr=0.5 name=十',
      params: { lr: '0.5', depth: '3', name: '十', fail: 'false' },
      tags: { mine: '' },
    });
    const written = Number(readFileSync(join(root, folder, '.guild/attrs/started'), 'utf8'));
    expect(first.startedAt).toBe(written / 1000);
    expect(first.endedAt).toBeGreaterThan(written / 1000);
    expect(first.series['logs#train/loss']?.map(([step, , value]) => [step, value])).toEqual(
      [1, 2, 3, 4, 5].map((n, step) => [step, Math.fround(0.5 / n)]),
    );
    expect(first.series.acc?.[0]?.[2]).toBe(0.75);
    expect(find((run) => run.status === 'FAILED').params.fail).toBe('true');
    expect(find((run) => run.deleted === true).params.lr).toBe('0.9');
    expect(find((run) => run.experiment === 'batch').status).toBe('FINISHED');
    await gathering.read(guild, root);
    expect(gathering.handedOver).toBe(0);
  });

  it('are left to this reader', async () => {
    const { root } = await read(version);
    expect(await new Gathering().read(tensorboard, root)).toEqual([]);
  });

  it('survive anything in their files', async () => {
    const { root, find } = await read(version);
    const folder = join(root, find((run) => run.name === 'first').artifactRoot ?? '', '.guild');
    const events = readdirSync(folder).filter((name) => name.startsWith('events.')) as [string];
    for (const name of ['opref', 'attrs/flags', 'attrs/tags', 'attrs/comments', ...events]) {
      await survivesDamage(guild, root, join(folder, name), 4);
    }
  });
});

it('knows the trials of a batch by its links', async () => {
  const { root, find, gathering } = await read('guildai-0.9.0');
  const batch = find((run) => run.experiment === 'batch');
  const trial = find((run) => run.params.lr === '0.2');
  symlinkSync(
    join('..', trial.nativeId),
    join(root, '.guild/runs', batch.nativeId, trial.nativeId),
    'junction',
  );
  await gathering.read(guild, root);
  expect(gathering.runs.get(trial.nativeId)?.parentNativeId).toBe(batch.nativeId);
});

it('follows a run that goes on, and takes one whose process is gone for dead', async () => {
  const { root, find, gathering } = await read('guildai-0.9.0');
  const { nativeId } = find((run) => run.name === 'first');
  const folder = join(root, '.guild/runs', nativeId, '.guild');
  writeFileSync(join(folder, 'attrs/exit_status'), '');
  writeFileSync(join(folder, 'LOCK'), String(process.pid));
  await gathering.read(guild, root);
  expect(gathering.runs.get(nativeId)?.status).toBe('RUNNING');
  const [events] = readdirSync(folder).filter((name) => name.startsWith('events.')) as [string];
  const half = readFileSync(join(folder, events)).subarray(0, 20);
  appendFileSync(join(folder, events), half);
  writeFileSync(join(folder, 'LOCK'), '2147483646');
  await gathering.read(guild, root);
  expect(gathering.runs.get(nativeId)?.status).toBe('KILLED');
  expect(gathering.runs.get(nativeId)?.series.acc).toHaveLength(1);
});
