import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { answerPage } from '../../../../src-main/shells/electron/pages.ts';
import { type Assets, findAssets } from '../../../../src-main/shells/page/index.ts';
import { tempFolder } from '../../../support/temp.ts';

let assets: Assets;
beforeEach(async () => {
  const folder = join(tempFolder(), 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), 'page');
  writeFileSync(join(folder, 'assets', 'a.js'), 'script');
  writeFileSync(join(folder, 'run.sh'), 'no');
  writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
  symlinkSync(join(folder, '..', 'secret.txt'), join(folder, 'link.txt'));
  assets = await findAssets(folder);
});

const ask = (address: string, method = 'GET') =>
  answerPage(assets, new Request(address, { method }));

describe('the scheme of the window', () => {
  it('answers with the page and its parts, and says what they may do', async () => {
    const page = await ask('app://cairn/index.html');
    expect(await page.text()).toBe('page');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await (await ask('app://cairn/assets/a.js?x=1#y')).text()).toBe('script');
    expect(await (await ask('app://cairn/', 'HEAD')).text()).toBe('');
  });

  it.each([
    'app://cairn/../secret.txt',
    'app://cairn/%2e%2e/secret.txt',
    'app://cairn/..%2fsecret.txt',
    'app://cairn/..%5csecret.txt',
    'app://cairn/%252e%252e%252fsecret.txt',
    'app://cairn//secret.txt',
    'app://cairn/link.txt',
    'app://cairn/run.sh',
    'app://cairn/%E0%A4%A',
    'app://cairn/assets',
  ])('has nothing at %s', async (address) => {
    expect((await ask(address)).status).toBe(404);
  });

  it('answers for its own host and for reading only', async () => {
    expect((await ask('app://evil/index.html')).status).toBe(403);
    expect((await ask('app://cairn/index.html', 'POST')).status).toBe(405);
  });
});
