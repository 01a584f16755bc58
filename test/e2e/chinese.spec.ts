/** What the core says, in a Chinese window over the real core and the example project. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './support.ts';

test.describe.configure({ timeout: 60_000 });

/** Opens another view without loading the page again. */
async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((next) => {
    location.hash = next;
  }, hash);
}

test('says why stages run, why a run failed and what is wrong in dvc.yaml', async ({
  project,
  serveReal,
  openWindow,
}) => {
  const pipeline = join(project.folder, 'dvc.yaml');
  const params = join(project.folder, 'params.yaml');
  await project.cairn('repro', 'featurize');
  writeFileSync(params, readFileSync(params, 'utf8').replace(/seed: \d+/, 'seed: 12345'));
  const page = await openWindow((await serveReal(project.folder)).url, { locale: 'zh' });

  await show(page, '#/pipeline/prepare');
  // On the card, and in the panel beside it.
  await expect(page.getByText('prepare.seed 由 20 改为 12345')).toHaveCount(2);
  await show(page, '#/pipeline/train');
  await page.getByText('train 尚未运行过').first().waitFor();
  await page.getByText('featurize 要先运行').first().waitFor();

  const failing = 'import sys; sys.exit(3)';
  await project.cairn('run', '-e', 'odd', '--', 'python3', '-c', failing).catch(() => '');
  await show(page, '#/run/02.1');
  await page.getByText('结束，退出码 3。').first().waitFor();

  writeFileSync(join(project.folder, 'src', 'prepare.py'), 'raise SystemExit(4)\n');
  await project.cairn('repro', '-e', 'odd').catch(() => '');
  await show(page, '#/run/02.2');
  await page.getByText('prepare 失败，退出码 4。详见日志。').first().waitFor();
  await page.getByText(/src\/prepare\.py 已修改/).waitFor();
  await page.getByText('prepare 失败了').first().waitFor();

  const text = readFileSync(pipeline, 'utf8');
  writeFileSync(pipeline, text.replace('cmd: python3 src/prepare.py', 'cmdd: python3'));
  await show(page, '#/pipeline');
  await page.getByText('dvc.yaml:4:5: 阶段没有“cmdd”这个键。是不是想写“cmd”？').waitFor();
  writeFileSync(pipeline, text.replace('cmd: python3 src/prepare.py', 'cmd: a: b'));
  await page.getByText(/^dvc\.yaml:4:\d+: 同一行内不能嵌套映射。$/).waitFor();
});

test('says what is in the folder, and changes its words with the language', async ({
  project,
  serveReal,
  openWindow,
}) => {
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/settings`, {
    locale: 'zh',
  });
  await page.getByText('在此文件夹中发现').click();
  await page.getByText(/^位于分支 \w+，提交 [0-9a-f]{7}$/).waitFor();
  await page.getByText('4 个阶段', { exact: true }).last().waitFor();
  await page
    .getByText('由 DVC 跟踪：data/penguins.csv')
    .or(page.getByText('个数据文件，'))
    .waitFor();
  await page.getByRole('combobox', { name: '语言' }).selectOption('en');
  await page.getByText(/^on \w+, at [0-9a-f]{7}$/).waitFor();
});
