import { expect, it } from 'vitest';
import { parseImageName } from '../../../src-main/api/logged-images.ts';

const id = 'aaeb74d1-0689-4989-977c-b6dc821ee0ff';

it('reads key and step out of the names that MLflow gives', () => {
  expect(parseImageName(`val~samples+step+10+timestamp+1795279778181+${id}.png`)).toMatchObject({
    ...{ key: 'val/samples', step: 10 },
  });
  expect(parseImageName(`val#生成 1+2%step%3%timestamp%5%${id}.png`)).toMatchObject({
    ...{ key: 'val/生成 1+2', step: 3 },
  });
});

it('leaves out the small copies, and what is only like it', () => {
  expect(parseImageName(`a+step+1+timestamp+5+${id}+compressed.webp`)).toBeNull();
  expect(parseImageName('plot.png')).toBeNull();
  expect(parseImageName(`+step+1+timestamp+5+${id}.png`)).toBeNull();
  expect(parseImageName(`a+step+-1+timestamp+5+${id}.png`)).toBeNull();
});
