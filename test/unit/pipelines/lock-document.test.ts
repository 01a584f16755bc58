import { describe, expect, it } from 'vitest';
import { LockDocument } from '../../../src-main/pipelines/index.ts';

const entry = (path: string, md5: string) => ({ path, hash: 'md5', md5, size: 1 });

describe('updating dvc.lock', () => {
  it('makes a file as DVC does', () => {
    const lock = new LockDocument(null, 'dvc.lock');
    lock.set('a', { cmd: 'x', outs: [entry('z', '2'), entry('y', '1')] });
    expect(lock.toString()).toBe(
      "schema: '2.0'\nstages:\n  a:\n    cmd: x\n    outs:\n    - path: y\n      hash: md5\n      md5: '1'\n      size: 1\n    - path: z\n      hash: md5\n      md5: '2'\n      size: 1\n",
    );
  });

  const text = `schema: '2.0'
# a comment
stages:
  first:
    cmd: "odd   quoting"
  'k@1.0':
    cmd: y
    params:
      params.yaml:
        lr: 0.010
  last:
    cmd: z
datasets: []
`;

  it('changes one stage and leaves every other byte', () => {
    const lock = new LockDocument(text, 'dvc.lock');
    expect(lock.set('k@1.0', { cmd: 'new' })).toBe(true);
    expect(lock.toString()).toBe(
      text.replace(/ {2}'k@1\.0':[\s\S]*?(?= {2}last)/, '  k@1.0:\n    cmd: new\n'),
    );
    lock.set('more', { cmd: 'm' });
    expect(lock.toString()).toContain('  last:\n    cmd: z\n  more:\n    cmd: m\ndatasets: []\n');
  });

  it('leaves a stage alone that is the same', () => {
    const lock = new LockDocument(text, 'dvc.lock');
    expect(lock.set('first', { cmd: 'odd   quoting' })).toBe(false);
    expect(lock.toString()).toBe(text);
  });

  it('writes anew what DVC did not lay out', () => {
    const lock = new LockDocument('{schema: "2.0", stages: {a: {cmd: x}}}\n', 'dvc.lock');
    lock.set('b', { cmd: 'y' });
    expect(lock.toString()).toBe("schema: '2.0'\nstages:\n  a:\n    cmd: x\n  b:\n    cmd: y\n");
    const empty = new LockDocument("schema: '2.0'\nstages: {}\n", 'dvc.lock');
    empty.set('b', { cmd: 'y' });
    expect(empty.toString()).toBe("schema: '2.0'\nstages:\n  b:\n    cmd: y\n");
  });

  it('stays quick with thousands of stages', () => {
    const lock = new LockDocument(null, 'dvc.lock');
    const started = performance.now();
    for (let n = 0; n < 3000; n++) lock.set(`s${n}`, { cmd: `run ${n}`, outs: [entry('o', 'a')] });
    expect(lock.toString().split('\n')).toHaveLength(3000 * 7 + 3);
    expect(performance.now() - started).toBeLessThan(5000);
  });

  it('refuses what is no lockfile', () => {
    expect(() => new LockDocument('stages: [a]\nschema: "2.0"\n', 'dvc.lock')).toThrow(/dvc\.lock/);
  });
});
