import { describe, expect, it } from 'vitest';
import { readMetricsFile } from '../../../src-main/pipelines/index.ts';

const read = (text: string, name: string) =>
  Object.fromEntries(readMetricsFile(text, name).map(({ key, value }) => [key, value]));

describe('metrics files', () => {
  it.each([
    [
      'm.json',
      '{"acc": 0.5, "n": {"loss": 1e-3, "name": "x", "list": [1]}, "ok": true, "none": null}',
    ],
    ['m.yaml', 'acc: 0.5\nn:\n  loss: 1e-3\n  name: x\n  list: [1]\nok: true\n'],
    ['m.toml', 'acc = 0.5\nok = true\n[n]\nloss = 1e-3\nname = "x"\nlist = [1]\n'],
  ])('%s gives its numbers by dotted key', (name, text) => {
    expect(read(text, name)).toEqual({ acc: 0.5, 'n.loss': 0.001 });
  });

  it('knows what is no number, as Python and DVCLive write it', () => {
    const text = '{"a": NaN, "b": -Infinity, "c": "NaN", "d": "inf", "e": "see NaN, -Infinity"}';
    expect(read(text, 'm.json')).toEqual({
      a: Number.NaN,
      b: Number.NEGATIVE_INFINITY,
      c: Number.NaN,
      d: Number.POSITIVE_INFINITY,
    });
  });

  it('takes a file that is a single number', () => {
    expect(read('0.75\n', 'm.txt')).toEqual({ '': 0.75 });
  });

  it.each([
    ['m.json', '{"a": '],
    ['m.toml', 'a = '],
    ['m.yaml', 'a: ['],
  ])('refuses a broken %s', (name, text) => {
    expect(() => readMetricsFile(text, name)).toThrow(name);
  });
});
