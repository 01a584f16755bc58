/** The files of a run in the window: each in its viewer, hostile ones harmless. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { accessibilityProblems, test } from './support.ts';

const runId = 'a'.repeat(32);
const evil = 'http://evil.invalid';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A document (ISO 32000-1, 7.5) with a text on each page, and a link and a script that nobody follows. */
function pdf(texts: readonly string[]): string {
  const first = 4;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>',
    `<< /Type /Pages /Count ${texts.length} /Kids [${texts.map((_, index) => `${first + 2 * index} 0 R`).join(' ')}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...texts.flatMap((text, index) => {
      const drawing = `BT /F1 24 Tf 40 850 Td (${text}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 900] /Contents ${first + 2 * index + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 300 900] /A << /S /URI /URI (${evil}/pdf) >> >>] >>`,
        `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
      ];
    }),
  ];
  let body = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const size = objects.length + 1;
  return `${body}xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
}

/** A run of MLflow's with a file of every kind, most of which would like to call home. */
function layOut(folder: string): void {
  const run = join(folder, 'mlruns', '1', runId);
  const files: Record<string, string | Buffer> = {
    '../meta.yaml':
      "artifact_location: ./mlruns/1\nexperiment_id: '1'\nlifecycle_stage: active\nname: hostile\n",
    'meta.yaml': `run_id: ${runId}\nrun_uuid: ${runId}\nexperiment_id: '1'\nrun_name: hostile\nstatus: 3\nstart_time: 1700000000000\nend_time: 1700000001000\nlifecycle_stage: active\nartifact_uri: ./mlruns/1/${runId}/artifacts\n`,
    'params/lr': '0.1',
    'artifacts/page.html': `<h1>Report</h1><script>top.hacked=1;fetch('${evil}/s')</script><img src="${evil}/i.png" onerror="top.hacked=1"><meta http-equiv="refresh" content="0;url=${evil}/r"><form action="${evil}/f"><button>send</button></form><link rel=stylesheet href="${evil}/c.css"><a href="${evil}/a">link</a><a href="#end">below</a><h2 id="end" style="margin-top:3000px">End</h2>`,
    'artifacts/drawing.svg': `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" onload="top.hacked=1"><script>top.hacked=1</script><image href="${evil}/svg.png" width="9" height="9"/><rect width="40" height="40"/></svg>`,
    'artifacts/notes.md': `# Words\n\n<script>top.hacked=1</script> ![x](${evil}/m.png) [y](javascript:top.hacked=1)`,
    'artifacts/figure.json': JSON.stringify({
      data: [{ type: 'bar', y: [1, 3, 2], name: `<a href="${evil}/n">n</a>` }],
      layout: { images: [{ source: `${evil}/p.png` }], title: { text: 'Bars' } },
    }),
    'artifacts/table.csv': `id,note\n${Array.from({ length: 3000 }, (_, n) => `${n},<b>row ${n}</b>`).join('\n')}\n`,
    'artifacts/config.yaml': 'train:\n  lr: 1e-3\n  layers: [1, 2, {deep: yes}]\n',
    'artifacts/deep/folder/picture.png': png,
    'artifacts/deep/folder/code.py': 'def train(lr):\n    return lr * 2\n',
    'artifacts/broken.ipynb': '{"cells": 3',
    'artifacts/report.pdf': pdf(['First page', 'Second page']),
    'artifacts/short.pdf': '%PDF-1.7\n1 0 obj\n<< /Type /Cat',
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(run, path)), { recursive: true });
    writeFileSync(join(run, path), content);
  }
}

const item = (page: Page, name: string) => page.getByRole('treeitem', { name });

test('the files of a run are shown by mouse and keyboard, and none of them reaches out', async ({
  project,
  serveReal,
  browser,
  viewport,
}, info) => {
  layOut(project.folder);
  const { url } = await serveReal(project.folder);
  // A page of its own: what the browser says of what it refused is expected here.
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const outside: string[] = [];
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|ws:\/\/127|blob:|data:|about:)/.test(request.url())) {
      outside.push(request.url());
    }
  });
  await page.goto(url);
  await page.getByRole('button', { name: 'Runs', exact: true }).click();
  await page.getByRole('row', { name: /hostile/ }).dblclick();
  await page.getByRole('tab', { name: 'Files' }).click();

  await item(page, 'notes.md').click();
  await page.locator('h1:text("Words")').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await item(page, 'table.csv').click();
  await page
    .getByRole('gridcell', { name: '<b>row 7</b>' })
    .or(page.getByText('<b>row 7</b>'))
    .first()
    .waitFor();
  await page.getByText('3000 rows.').waitFor();
  await item(page, 'config.yaml').click();
  await page.getByRole('treeitem', { name: /lr: ?0.001/ }).waitFor();
  await page.screenshot({ path: info.outputPath('structure.png') });

  await item(page, 'drawing.svg').click();
  await page.getByRole('img', { name: 'drawing.svg' }).waitFor();
  await item(page, 'figure.json').click();
  await page.locator('[data-drawn], .js-plotly-plot').first().waitFor();
  await page.screenshot({ path: info.outputPath('figure.png') });

  // On with the keyboard, into a folder and to its files.
  const tree = page.getByRole('tree', { name: 'Files of the run' });
  await tree.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.locator('.cm-content').getByText('def').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('img', { name: 'deep/folder/picture.png' }).waitFor();
  await page.reload();
  await page.getByRole('img', { name: 'deep/folder/picture.png' }).waitFor();

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as…' }).click();
  expect((await download).suggestedFilename()).toBe('picture.png');

  await item(page, 'report.pdf').click();
  await page.getByText('First page').waitFor();
  await page.getByText('First page').click();
  await page.getByRole('textbox', { name: 'Page', exact: true }).fill('2');
  await expect(page.getByText('Second page')).toBeInViewport();
  await page.screenshot({ path: info.outputPath('report.png') });
  await item(page, 'short.pdf').click();
  await page.getByText('This PDF document is damaged.').waitFor();

  await item(page, 'broken.ipynb').click();
  await page.getByRole('alert').waitFor();
  await item(page, 'page.html').click();
  const frame = page.frameLocator('iframe');
  await frame.getByText('Report').waitFor();
  await frame.getByText('link', { exact: true }).click();
  await expect(frame.getByText('link', { exact: true })).toHaveAttribute('title', /\/a$/);
  await frame.getByRole('link', { name: 'below' }).click();
  await expect(frame.getByRole('heading', { name: 'End' })).toBeInViewport();
  await page.screenshot({ path: info.outputPath('page.png') });
  expect(await page.evaluate(() => Reflect.get(globalThis, 'hacked'))).toBeUndefined();
  expect(outside).toEqual([]);
  await context.close();
});
