import { describe, expect, test } from 'vitest';
import type { NoteCell, TimelineCell } from '../../src-main/contract/timeline.ts';
import { renderTimeline, toHtml } from '../../src-main/exports/timeline/render.ts';

const name = `${'a'.repeat(64)}.png`;
const picture = { type: 'image/png', bytes: Buffer.from('picture') };
const data = `data:image/png;base64,${Buffer.from('picture').toString('base64')}`;
const at = Date.UTC(2026, 10, 18, 14, 2);

function note(body: string): NoteCell {
  return { kind: 'note', key: 'note:1', id: 'f'.repeat(32), at, updatedAt: at, body };
}

const promotion: TimelineCell = {
  kind: 'promotion',
  key: 'promotion:1',
  at: at + 86_400_000,
  change: 'alias',
  name: 'a *hostile* <b>name</b>\n# x',
  version: 3,
  value: 'champion',
  before: '',
  run: null,
};

function render(cells: readonly TimelineCell[], format: 'html' | 'markdown' | 'ipynb'): string {
  const parts = cells.map((cell) => ({ cell, figures: cell.kind === 'note' ? [name] : [] }));
  const pictures = new Map([[name, picture]]);
  return renderTimeline({ title: 'Timeline of x', parts, pictures, madeAt: at }, format);
}

describe('an exported timeline', () => {
  const cells = [note(`Loss $x^2$ ![plot](image:${name})`), promotion];

  test('is Markdown with its pictures within, by day', () => {
    const text = render(cells, 'markdown');
    expect(text).toMatch(/^# Timeline of x\n/);
    expect(text.match(/^## .*$/gm)).toEqual(['## 2026-11-18', '## 2026-11-19']);
    expect(text).toContain(`![plot](${data})`);
    // A name is one line of text, whatever it says.
    expect(text).toContain(
      '### 14:02 a \\*hostile\\* \\<b\\>name\\</b\\> \\# x version 3 is now @champion',
    );
  });

  test('is a notebook of format 4.5 with attachments', () => {
    const { cells: made, ...rest } = JSON.parse(render(cells, 'ipynb'));
    expect(rest).toEqual({ metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const ids = made.map((cell: { id: string }) => cell.id);
    expect(new Set(ids).size).toBe(made.length);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    const written = made[2];
    expect(written.cell_type).toBe('markdown');
    expect(written.source.join('')).toContain(`![plot](attachment:${name})`);
    expect(written.attachments[name]['image/png']).toBe(Buffer.from('picture').toString('base64'));
  });

  test('is one HTML file that asks the network for nothing', () => {
    const text = render(cells, 'html');
    expect(text).toContain(`<img src="${data}" alt="plot">`);
    expect(text).toContain('<math');
    expect(text).toContain('default-src &#39;none&#39;');
    expect(text).toContain('a *hostile* &lt;b&gt;name&lt;/b&gt; # x');
    expect(text).not.toMatch(/(src|href)="(?!data:)/);
  });
});

test('hostile notes are text in HTML', () => {
  const made = toHtml(
    [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '[a](javascript:alert(1)) [b](data:text/html,x) [c](https://example.org)',
      '![remote](https://evil.example/x.png) ![](image:nothing) ![local](a.png)',
      `![gone](image:${'b'.repeat(64)}.png)`,
      '$\\href{javascript:alert(1)}{x} \\includegraphics{https://evil.example/x.png}$',
      '"><svg onload=alert(1)>',
    ].join('\n\n'),
    new Map(),
  );
  expect(made).not.toMatch(/<(script|img|svg|iframe)\b/i);
  expect(made).not.toMatch(/href="(?!https:\/\/example\.org)[^"]+"/);
  expect(made).toContain('<code>remote</code>');
  expect(made).toContain('<code>gone</code>');
});
