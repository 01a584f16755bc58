import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSafeName } from '../../../src-main/bundles/entry-name.ts';
import { exportBundle, verifyBundle } from '../../../src-main/bundles/index.ts';
import { tempFolder } from '../../support/temp.ts';
import { bundleOf, handmade, makeRun } from './support.ts';

const small = () =>
  makeRun({ 'make.py': 'print(1)\n', 'a/b c.txt': '中文\n' }, { 'out.txt': 'hello\n' });

describe('a bundle', () => {
  it('verifies as it was written, and says what it is about', async () => {
    const report = await verifyBundle(await bundleOf(small()));
    expect(report).toMatchObject({ ok: true, problems: [], omitted: [] });
    expect(report.run).toMatchObject({ label: '01.1', command: 'python3 make.py' });
  });

  it('is the same, byte for byte, when it is written again', async () => {
    const made = small();
    const first = readFileSync(await bundleOf(made));
    expect(readFileSync(await bundleOf(made)).equals(first)).toBe(true);
  });

  it('is noticed to be altered, whichever byte it is', async () => {
    const path = await bundleOf(small());
    const bytes = readFileSync(path);
    const altered = `${path}.altered`;
    for (let at = 0; at < bytes.length; at += 37) {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] as number) ^ 0x10;
      writeFileSync(altered, copy);
      const report = await verifyBundle(altered).catch((error: Error) => error);
      if (report instanceof Error) expect(report.name, `byte ${at}`).toBe('CairnError');
      else expect(report.ok, `byte ${at}`).toBe(false);
    }
  });

  it('is refused in a sentence when it is cut, wherever', async () => {
    const path = await bundleOf(small());
    const { length } = readFileSync(path);
    const cut = `${path}.cut`;
    for (const size of [
      0,
      1,
      21,
      100,
      Math.floor(length / 2),
      length - 200,
      length - 65,
      length - 1,
    ]) {
      copyFileSync(path, cut);
      truncateSync(cut, size);
      const report = await verifyBundle(cut).catch((error: Error) => error);
      if (report instanceof Error)
        expect(report).toMatchObject({ name: 'CairnError', code: 'corrupt' });
      else expect(report.ok, `${size} bytes`).toBe(false);
    }
  });

  it('names what was left out, with the reason', async () => {
    const report = await verifyBundle(await bundleOf(small(), ['out.txt']));
    expect(report.ok).toBe(true);
    expect(report.omitted).toMatchObject([{ path: 'out.txt', reason: 'left out on request' }]);
  });

  it('says which contents are not to be had any more', async () => {
    const made = small();
    writeFileSync(join(made.folder, 'out.txt'), 'another by now\n');
    const report = await verifyBundle(await bundleOf(made));
    expect(report.omitted[0]).toMatchObject({ path: 'out.txt' });
    expect(report.omitted[0]?.reason).toContain('not in the cache any more');
  });

  it('does not replace a file unless told to, and leaves nothing behind when cancelled', async () => {
    const made = small();
    const path = await bundleOf(made);
    const options = { leaveOut: [], overwrite: false };
    await expect(exportBundle(made.sources, path, options)).rejects.toThrow('is there already');
    const stop = new AbortController();
    stop.abort();
    const other = join(made.folder, 'other.zip');
    await expect(
      exportBundle(made.sources, other, options, { signal: stop.signal }),
    ).rejects.toThrow();
    expect(existsSync(other)).toBe(false);
    expect(readdirSync(made.folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('a hostile zip', () => {
  it.each([
    'x/../../y',
    '../x',
    '/etc/passwd',
    'C:/x',
    'C:x',
    'a\\b',
    'a//b',
    './a',
    'a/.',
    '',
    'a\u0000b',
    'a\nb',
  ])('has the unsafe name %j', (name) => expect(isSafeName(name)).toBe(false));

  it('is reported entry by entry: names that lead out, links, doubles, what nobody named', async () => {
    const path = await handmade([
      { name: 'project/ok.txt' },
      { name: 'project/link', mode: 0o120777 },
      { name: 'project/OK.txt' },
      { name: 'xx/escape.txt', patch: ['xx/escape.txt', '../escape.txt'] },
      { name: 'xx/absolute.tx', patch: ['xx/absolute.tx', '/x/absolute.tx'] },
    ]);
    const report = await verifyBundle(path);
    expect(report.ok).toBe(false);
    const states = Object.fromEntries(report.problems.map((one) => [one.path, one.state]));
    expect(states).toMatchObject({
      'project/link': 'unsafe',
      'project/OK.txt': 'unsafe',
      '../escape.txt': 'unsafe',
      '/x/absolute.tx': 'unsafe',
      'project/ok.txt': 'unexpected',
    });
  });

  it('is reported when a file is missing that the manifest names', async () => {
    const report = await verifyBundle(await handmade([], `${'0'.repeat(64)}  project/gone.py\n`));
    expect(report.problems).toMatchObject([
      { path: 'project/gone.py', state: 'missing' },
      { path: 'cairn.json', state: 'missing' },
    ]);
  });

  it('is not a bundle without a manifest, nor is another file, nor one that is not there', async () => {
    await expect(verifyBundle(await handmade([{ name: 'a' }], null))).rejects.toThrow(
      "not a bundle of Cairn's",
    );
    const text = join(tempFolder(), 'a.zip');
    writeFileSync(text, 'hello');
    await expect(verifyBundle(text)).rejects.toThrow('not a whole zip');
    await expect(verifyBundle(`${text}.gone`)).rejects.toThrow('There is no file');
  });
});

it.skipIf(!has('unzip') || !has('sha256sum'))(
  'checks out with unzip and sha256sum alone',
  async () => {
    const path = await bundleOf(small());
    const folder = tempFolder();
    execFileSync('unzip', ['-q', path, '-d', folder]);
    const result = execFileSync('sha256sum', ['-c', '--quiet', 'manifest-sha256.txt'], {
      cwd: folder,
    });
    expect(result.toString()).toBe('');
    expect(readFileSync(join(folder, 'REPRODUCE.md'), 'utf8')).toContain('python3 make.py');
  },
);

function has(program: string): boolean {
  try {
    execFileSync(program, ['--help'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'ENOENT';
  }
}
