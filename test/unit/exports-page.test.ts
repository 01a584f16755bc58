import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeHtml, html } from '../../src-main/exports/page/html.ts';
import { sharePage } from '../../src-main/exports/share.ts';
import { tempFolder } from '../support/temp.ts';
import { commandRun, openServices } from './tracking/support.ts';

const hostile = '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&';

async function page(name: string): Promise<string> {
  const { tracking, store } = openServices();
  const ids = [name, 'second'].map(
    (one) => tracking.createRun(commandRun({ name: one, note: name })).id,
  );
  ids.forEach((id, at) => {
    tracking.setParams(id, [{ file: '', key: name, value: name + at }]);
    const points = Array.from({ length: 50 }, (_, step) => ({
      key: `loss ${name}`,
      step,
      time: step,
      value: step === 7 ? Number.NaN : 1 / (step + 1 + at),
    }));
    tracking.appendMetrics(id, points);
    tracking.appendMetrics(id, [
      { key: 'huge', step: 0, time: 0, value: -1e308 },
      { key: 'huge', step: 1, time: 0, value: 1e308 },
    ]);
  });
  const path = join(tempFolder(), 'page.html');
  await sharePage(
    store,
    ids.map((id) => tracking.get(id)),
    { path, overwrite: false },
  );
  return readFileSync(path, 'utf8');
}

it('shows params, metrics and curves, and marks what differs', async () => {
  const text = await page('plain');
  expect(text).toContain(
    '<tr class="differs"><td>plain</td><td class="n">plain0</td><td class="n">plain1</td></tr>',
  );
  expect(text.match(/<path /g)).toHaveLength(4);
  // The NaN leaves a gap: the pen is lifted once.
  const drawn = [...text.matchAll(/ d="([^"]*)"/g)].map((match) => match[1] as string);
  expect(drawn.map((path) => path.match(/M/g)?.length)).toEqual([1, 1, 2, 2]);
  expect(drawn[0]).toMatch(/^M54\.0 156\.0L412\.0 8\.0$/);
  expect(drawn.join('')).not.toMatch(/NaN|Infinity/);
});

it('takes nothing in a name for markup, runs no script and asks for nothing', async () => {
  const text = await page(hostile);
  const tags = text.replaceAll(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? [];
  expect(tags.filter((tag) => /^<(?:script|img)|\son\w+=|(?:src|href)\s*=/i.test(tag))).toEqual([]);
  expect(text).toContain('default-src &#39;none&#39;');
  expect(text).not.toMatch(/https?:/);
});

it('escapes whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const made = html`<p title="${text}">${text}</p>`.html;
      expect(made.slice(3, -4)).not.toMatch(/<(?!\/?p)/);
      expect(made.match(/[<>]/g)).toHaveLength(4);
      expect(escapeHtml(text)).not.toMatch(/["'<>]/);
    }),
  );
});
