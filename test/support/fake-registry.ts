/** Registered models: three versions, one of them elsewhere, and a model that nobody registered. */
import type { Output } from '../../src-main/contract/index.ts';
import { type FakeRun, fakeId } from './fake-runs.ts';

export function fakeRegistered(runs: readonly FakeRun[]): Output<'models.registered'> {
  const runAt = (at: number) => {
    const run = runs[at];
    return run === undefined ? null : { id: run.id, label: run.label, name: run.name };
  };
  const version = (number: number, here = true) => ({
    version: number,
    stage: number === 2 ? 'Production' : 'None',
    aliases: number === 3 ? ['champion'] : [],
    createdAt: Date.now() - (4 - number) * 3_600_000,
    run: runAt(3 - number),
    uri: `models:/penguins/${number}`,
    here,
  });
  const id = `m-${fakeId(901)}`;
  return {
    registered: [
      {
        name: 'penguins',
        description: 'Tells three species apart',
        versions: [version(3), version(2), version(1, false)],
      },
    ],
    logged: [
      {
        id,
        name: 'wider-net',
        createdAt: Date.now() - 7_200_000,
        run: runAt(0),
        uri: `models:/${id}`,
        here: true,
      },
    ],
    leftOut: 0,
  };
}
