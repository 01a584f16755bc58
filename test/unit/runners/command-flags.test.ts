import { expect, test } from 'vitest';
import { readFlags } from '../../../src-main/runners/command-flags.ts';

const read = (line: string) =>
  Object.fromEntries(readFlags(line.split(' ')).map(({ key, value }) => [key, value]));

test('takes options and assignments of the script, not those of what starts it', () => {
  expect(read('python -u train.py --lr 0.1 --batch-size=32 --amp -n 3 optimizer.eps=1e-8')).toEqual(
    {
      lr: '0.1',
      batch_size: '32',
      amp: 'true',
      n: '3',
      'optimizer.eps': '1e-8',
    },
  );
  expect(read('torchrun --nproc-per-node 2 train.py model=mlp +depth=3 --amp')).toEqual({
    model: 'mlp',
    depth: '3',
    amp: 'true',
  });
  expect(read('python -m moons.train --lr 3e-4')).toEqual({ lr: '3e-4' });
  expect(read('./fit -n 3 --lr 3e-4')).toEqual({ lr: '3e-4' });
});

test('keeps negative numbers and several values, and the last of what is given twice', () => {
  expect(read('train.py --shift -0.5 --sizes 64 32 16 --lr 1 --lr 2 --low -inf')).toEqual({
    shift: '-0.5',
    sizes: '64 32 16',
    lr: '2',
    low: '-inf',
  });
});

test('leaves out secrets, long texts, what stands behind a double dash and the code of a shell', () => {
  expect(
    read(
      `train.py --api-key abc --hf-token=abc db/password=abc --max-tokens 8 --text ${'x'.repeat(501)} -- --lr 1`,
    ),
  ).toEqual({ max_tokens: '8' });
  expect(readFlags(['bash', '-c', 'python train.py --lr 1'])).toEqual([]);
  expect(readFlags(['python3', '-c', 'print("a=1")', '--lr', '1'])).toEqual([
    { key: 'lr', value: '1' },
  ]);
  expect(read('python train.py data/raw.csv https://example.org/?a=1')).toEqual({});
  expect(readFlags([])).toEqual([]);
});
