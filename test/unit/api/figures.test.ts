/** Pictures in the cells of runs: those that TensorBoard's writers put into event files. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Session } from '../../../src-main/api/session.ts';
import { figuresOf, readFigure } from '../../../src-main/api/timeline/figures.ts';
import { tensorboard } from '../../../src-main/importers/tensorboard/index.ts';
import { readNewestPictures } from '../../../src-main/store/media.ts';
import { sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/tensorboard/runs/torch');

it('shows the last picture of each key of an event file', async () => {
  const root = tempFolder();
  cpSync(fixtures, join(root, 'runs', 'torch'), { recursive: true });
  const sources = sourcesOf(root, [tensorboard]);
  const [id = ''] = await sources.read();
  const workspace = { root, storeDir: tempFolder() };
  const session = { store: sources.store, workspace } as unknown as Session;
  const pictures = readNewestPictures(sources.store, [id]);
  const steps = sources.all("SELECT max(step) AS step, at FROM media WHERE kind = 'image'");
  expect(pictures).toMatchObject([{ run_id: id, key: 'digit', at: steps[0]?.at }]);

  const run = { id, artifact_root: null };
  const { figures, figureCount } = figuresOf(session, run, [], pictures);
  expect(figures).toEqual([{ path: 'step:digit', size: pictures[0]?.length }]);
  expect(figureCount).toBe(1);
  const { type, bytes } = await readFigure(session, id, 'step:digit');
  expect(type).toBe('image/png');
  expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);

  await expect(readFigure(session, id, 'step:other')).rejects.toMatchObject({ code: 'not-found' });
  const file = pictures.map((one) => ({ ...one, at: -1, path: 'logs/images/a.png' }));
  const inside = { id, artifact_root: 'logs' };
  expect(figuresOf(session, inside, [], file).figureCount).toBe(0);
});
