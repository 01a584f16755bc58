/** Pickles hold more than tensors: two with equal tensors may still differ. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareTensors } from '../../../src-main/api/tensor-tolerance.ts';
import { diffModels } from '../../../src-main/models/index.ts';
import { p, pickleBytes } from '../../support/pickle-bytes.ts';
import { tempFolder } from '../../support/temp.ts';

/** A pickle of an array and something beside it. */
function write(folder: string, name: string, beside: Buffer): string {
  const array = p.call(
    p.global('numpy.core.numeric', '_frombuffer'),
    p.bytes(Buffer.from(Float32Array.of(1, 2, 3).buffer)),
    p.call(p.global('numpy', 'dtype'), p.text('f4')),
    p.tuple(p.int(3)),
    p.text('C'),
  );
  const path = join(folder, name);
  writeFileSync(path, pickleBytes(p.dict([p.text('coef_'), array], [p.text('C'), beside])));
  return path;
}

function pickles() {
  const folder = tempFolder();
  const texts = (count: number) => p.list(...Array.from({ length: count }, () => p.text('text')));
  return {
    one: write(folder, 'one.pkl', p.int(1)),
    same: write(folder, 'same.pkl', p.raw('K\x01')),
    other: write(folder, 'other.pkl', p.int(2)),
    long: write(folder, 'long.pkl', texts(200)),
    longer: write(folder, 'longer.pkl', texts(400)),
  };
}

it('calls two pickles identical only when what is beside their arrays is too', async () => {
  const identical = async (left: string, right: string) => {
    const [a, b] = [left, right].map((path) => ({ path, title: path, hash: null }));
    return (await diffModels(a!, b!, {}, () => {})).identical;
  };
  const { one, same, other } = pickles();
  expect(await identical(one, same)).toBe(true);
  expect(await identical(one, other)).toBe(false);
});

it('gives a reproduction no credit for equal arrays alone', async () => {
  const { one, same, other, long, longer } = pickles();
  expect(await compareTensors(one, same, {})).toMatchObject({ largest: 0, rest: null });
  expect(await compareTensors(one, other, {})).toMatchObject({
    largest: 0,
    rest: 'what the files hold besides tensors differs',
  });
  expect(await compareTensors(long, longer, {})).toMatchObject({
    rest: 'the bytes differ, and not all of the files can be compared',
  });
});
