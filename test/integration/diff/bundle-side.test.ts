/** A bundle is a side of a comparison, and says what the run says that it was made of. */
import { appendFileSync, copyFileSync, cpSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { contentHandlers } from '../../../src-main/api/diff/content/index.ts';
import type { DiffSession } from '../../../src-main/api/diff/context.ts';
import { diffHandlers } from '../../../src-main/api/diff/index.ts';
import type { DiffSummary } from '../../../src-main/contract/diff.ts';
import { Cairn, expectRefusal } from '../../support/cairn.ts';
import { commit, initRepository } from '../../support/git.ts';
import { tempFolder } from '../../support/temp.ts';

const example = join(import.meta.dirname, '../../../resources/example');

it('agrees with its run, whatever it is compared with', async () => {
  const cairn = new Cairn();
  const folder = initRepository(tempFolder());
  cpSync(example, folder, { recursive: true });
  commit(folder, {}, 'Begin');
  const [first, second] = [join(tempFolder(), 'first.zip'), join(tempFolder(), 'second.zip')];
  expect((await cairn.run(folder, 'repro')).code).toBe(0);
  await cairn.json(folder, 'export', '01.1', '-o', first);
  appendFileSync(join(folder, 'src/train.py'), '\n# a line more\n');
  writeFileSync(join(folder, 'src/extra.py'), 'print("new")\n');
  const changed = ['-P', 'params.yaml:train.learning_rate=0.2'];
  expect((await cairn.run(folder, 'repro', ...changed)).code).toBe(0);
  await cairn.json(folder, 'export', '01.2', '-o', second);

  const diff = (left: string, right: string) =>
    cairn.json<DiffSummary>(folder, 'diff', left, right);
  const said = ({ params, metrics, code, data, environment }: DiffSummary) => ({
    params,
    metrics,
    code,
    data,
    environment,
  });
  const runs = await diff('01.1', '01.2');
  expect(runs.code.map(({ path, change }) => [path, change])).toEqual(
    expect.arrayContaining([
      ['src/extra.py', 'added'],
      ['src/train.py', 'modified'],
    ]),
  );
  expect(runs.data.some(({ change }) => change === 'modified')).toBe(true);
  const bundles = await diff(first, second);
  expect(bundles.left).toMatchObject({ kind: 'bundle', title: 'first.zip', runId: null });
  expect(said(bundles)).toEqual(said(runs));
  expect(said(await diff(first, '01.2'))).toEqual(said(runs));
  expect(said(await diff('01.1', second))).toEqual(said(runs));
  expect(said(await diff(first, 'workspace'))).toEqual(said(await diff('01.1', 'workspace')));
  expect(said(await diff('HEAD', second))).toEqual(said(await diff('HEAD', '01.2')));

  // What is looked at more closely is read out of the bundles alone.
  const session = { workspace: { root: tempFolder() } } as unknown as DiffSession;
  const handlers = diffHandlers({ session: () => session, current: () => session });
  const contents = contentHandlers({ session: () => session, current: () => session });
  const call = { signal: new AbortController().signal, emit: async () => {} };
  const pair = { left: first, right: second };
  const text = await handlers['diff.file']({ ...pair, path: 'src/train.py', from: null }, call);
  expect(text).toMatchObject({ right: `${text.left}\n# a line more\n`, note: null });
  const split = { ...pair, path: 'build/split', limit: 100 };
  expect(await handlers['diff.directory'](split, call)).toMatchObject({
    ...{ added: 0, removed: 0, modified: 0, same: 2 },
    ...{ entries: [], note: null },
  });
  const model = (reference: string) =>
    ({ kind: 'tracked', reference, path: 'build/model.safetensors' }) as const;
  const models = await handlers['diff.model'](
    { left: model(first), right: model(second) },
    { ...call, emit: async () => {} },
  );
  expect(models.changedTensors).toBeGreaterThan(0);
  const files = await contents['diff.files'](
    { side: { kind: 'tracked', reference: first }, limit: 1000 },
    call,
  );
  expect(files.files).toContainEqual(
    expect.objectContaining({ path: 'build/model.safetensors', from: 'data' }),
  );

  const cut = join(folder, 'cut.zip');
  copyFileSync(first, cut);
  truncateSync(cut, 5000);
  expectRefusal(await cairn.run(folder, 'diff', cut, '01.1'), /not a whole zip file/);
  expectRefusal(await cairn.run(folder, 'diff', 'nowhere.zip', '01.1'), /no file .*nowhere\.zip/);
});
