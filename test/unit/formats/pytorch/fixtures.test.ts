import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTensorFile } from '../../../../src-main/formats/tensors.ts';
import {
  expectedOf,
  expectRefusedWhenCut,
  expectTensors,
  survivesDamage,
} from '../../../support/tensor-fixtures.ts';

const fixtures = join(import.meta.dirname, '../../../fixtures/models/pytorch');
const versions = ['2.1', '2.15'];
let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'cairn-torch-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

const open = (version: string, name: string) => openTensorFile(join(fixtures, version, name));

describe.each(versions)('files of PyTorch %s', (version) => {
  const expected = expectedOf(join(fixtures, version));

  it.each(Object.keys(expected))('%s has the tensors that torch sees, bit by bit', async (name) => {
    await expectTensors(await open(version, name), expected[name]!);
  });

  it('has every file checked', () => {
    const files = readdirSync(join(fixtures, version)).filter((name) => !name.endsWith('.json'));
    expect(files.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  it('reads tensors that lie together where they are', async () => {
    for (const name of ['checkpoint.pt', 'checkpoint-legacy.pt']) {
      const { tensors } = await open(version, name);
      const inPlace = tensors.filter(({ bytes }) => bytes.kind === 'range');
      // Only NumPy's array is written as text by the protocol that torch uses.
      expect(tensors.length - inPlace.length).toBe(1);
    }
    const kinds = Object.groupBy(
      (await open(version, 'views.pt')).tensors,
      (one) => one.bytes.kind,
    );
    expect(kinds.strided?.map((one) => one.name)).toEqual([
      'column',
      'transposed',
      'block',
      'expanded',
      'channels_last',
    ]);
  });

  it('tells what else is in a checkpoint', async () => {
    for (const name of ['checkpoint.pt', 'checkpoint-legacy.pt']) {
      const { metadata, badge, findings, notes } = await open(version, name);
      expect(Object.fromEntries(metadata)).toMatchObject({
        epoch: '2',
        best: '0.125',
        'args.name': 'net',
        'args.layers': '[6, 5, 2]',
        'args.resume': 'None',
        'args.amp': 'True',
        'optimizer.param_groups.0.betas': '(0.9, 0.999)',
      });
      expect({ badge, findings, notes }).toEqual({
        badge: 'code-capable',
        findings: [],
        notes: [],
      });
    }
  });

  it('names classes that it does not know', async () => {
    const whole = await open(version, 'module.pt');
    expect(whole.badge).toBe('unknown-globals');
    expect(whole.findings).toEqual([expect.stringContaining('__main__.Net')]);
    expect(whole.metadata.get('body.0')).toBe('torch.nn.modules.linear.Linear');
    expect((await open(version, 'sequential.pt')).badge).toBe('code-capable');
  });

  it('tells of the code in TorchScript', async () => {
    const script = await open(version, 'script.pt');
    expect(script).toMatchObject({ format: 'torchscript', badge: 'code-capable', notes: [] });
    expect(script.findings).toEqual([expect.stringMatching(/TorchScript code.*code\/__torch__/)]);
  });

  it('tells of sparse tensors', async () => {
    expect((await open(version, 'sparse.pt')).notes).toEqual([
      expect.stringContaining('graph is sparse'),
      expect.stringContaining('rows is sparse'),
    ]);
  });

  it.each(['views.pt', 'checkpoint-legacy.pt', 'script.pt', 'types.pt'])(
    '%s never fails otherwise than with a sentence, however it is damaged',
    async (name) => {
      await survivesDamage(join(fixtures, version, name), join(scratch, 'damaged.pt'), 60);
    },
  );
});

it.each(['tensor.pt', 'views-legacy.pt'])('%s is refused wherever it is cut', async (name) => {
  await expectRefusedWhenCut(join(fixtures, '2.15', name), join(scratch, 'cut.pt'), [
    'corrupt',
    'unsupported',
  ]);
});
