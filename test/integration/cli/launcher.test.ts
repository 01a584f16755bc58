/** The shell script that starts the command: straight to the program when nothing is stale. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../../support/temp.ts';

const script = join(import.meta.dirname, '..', '..', '..', 'bin', 'cairn');
const program = ['out/main/cli.js'];
const launcher = ['bin/cairn.js'];

/** A checkout of which nothing is real but the script; its Node says what it was asked to run. */
class Checkout {
  readonly root = realpathSync(tempFolder());
  readonly command = join(this.root, 'bin', 'cairn');

  constructor() {
    this.#write('bin/cairn.js');
    copyFileSync(script, this.command);
    for (const path of ['node_modules/node/bin/node', 'path/node']) {
      this.#write(path, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
      chmodSync(join(this.root, path), 0o755);
    }
    for (const folder of ['src-main', 'src-preload', 'src-renderer']) {
      this.#write(`${folder}/a/b.ts`);
    }
    this.#write('electron.vite.config.ts');
    this.#write('package-lock.json');
    this.#write('out/.built');
    this.touch('out/.built', 60);
  }

  /** The file that Node was given, relative to the checkout, and the words after it. */
  run(command: string, ...words: string[]): string[] {
    const env = { PATH: `${join(this.root, 'path')}:${process.env.PATH}` };
    const options = { cwd: dirname(command), env, encoding: 'utf8' } as const;
    const [entry = '', ...rest] = execFileSync('sh', [command, ...words], options)
      .trimEnd()
      .split('\n');
    return [relative(this.root, resolve(entry)), ...rest];
  }

  touch(path: string, seconds = 120): void {
    const time = Date.now() / 1000 + seconds;
    utimesSync(join(this.root, path), time, time);
  }

  #write(path: string, text = ''): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }
}

describe.skipIf(process.platform === 'win32')('bin/cairn', () => {
  it('starts the built program and hands the words on as they are', () => {
    const checkout = new Checkout();
    const words = ['run', '--', 'a b', '$HOME', '*'];
    expect(checkout.run(checkout.command, ...words)).toEqual([...program, ...words]);
  });

  it('finds its checkout through links', () => {
    const checkout = new Checkout();
    const elsewhere = tempFolder();
    symlinkSync(checkout.command, join(elsewhere, 'first'));
    symlinkSync('first', join(elsewhere, 'second'));
    expect(checkout.run(join(elsewhere, 'second'))).toEqual(program);
  });

  it('leaves what is stale, new or missing to the launcher that can build', () => {
    const checkout = new Checkout();
    for (const path of [
      'src-main/a/b.ts',
      'src-renderer/a',
      'src-preload',
      'electron.vite.config.ts',
      'package-lock.json',
    ]) {
      checkout.touch(path);
      expect(checkout.run(checkout.command), path).toEqual(launcher);
      checkout.touch(path, 0);
    }
    expect(checkout.run(checkout.command)).toEqual(program);
    rmSync(join(checkout.root, 'package-lock.json'));
    expect(checkout.run(checkout.command)).toEqual(launcher);
    rmSync(join(checkout.root, 'out'), { recursive: true });
    expect(checkout.run(checkout.command)).toEqual(launcher);
  });

  it('looks for nothing to build where there are no sources, and takes any Node for the launcher', () => {
    const checkout = new Checkout();
    rmSync(join(checkout.root, 'src-main'), { recursive: true });
    expect(checkout.run(checkout.command)).toEqual(program);
    rmSync(join(checkout.root, 'node_modules'), { recursive: true });
    expect(checkout.run(checkout.command)).toEqual(launcher);
  });
});
