import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { blockSource } from '../../../../src-renderer/ui/notes/blocks.ts';
import {
  type DraftStorage,
  dropDraft,
  keepDraft,
  readDraft,
} from '../../../../src-renderer/ui/notes/drafts.ts';
import MathMarkdown from '../../../../src-renderer/ui/notes/MathMarkdown.tsx';
import { remarkRuns } from '../../../../src-renderer/ui/notes/remark-notes.ts';
import { noteImageName, safeLink } from '../../../../src-renderer/ui/notes/safe-links.ts';

/** With every address let through, so that what the parser finds is seen. */
function render(text: string): string {
  return renderToStaticMarkup(
    <MathMarkdown remarkPlugins={[remarkRuns]} skipHtml urlTransform={(url) => url}>
      {text}
    </MathMarkdown>,
  );
}

describe('addresses in notes', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\x01javascript:alert(1)',
    ' \tjavascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'cairn://open?x',
    'blob:x',
    '//evil.example/x',
    '/etc/passwd',
    '\\\\server\\share',
    '?x',
    '#/settings',
    'C:\\x',
    '%E0%A4%A',
    '',
  ])('lead nowhere: %j', (address) => {
    expect(safeLink(address)).toEqual({ kind: 'none' });
  });

  test('lead to the web, to runs and to files of the folder', () => {
    expect(safeLink('HTTPS://example.org/a')).toEqual({
      kind: 'web',
      href: 'HTTPS://example.org/a',
    });
    expect(safeLink('mailto:a@example.org').kind).toBe('web');
    expect(safeLink('run:02.7')).toEqual({ kind: 'run', reference: '02.7' });
    expect(safeLink('run:../x').kind).toBe('none');
    expect(safeLink('./data/%E6%95%B0%20a.csv')).toEqual({ kind: 'file', path: 'data/数 a.csv' });
  });

  test('name pictures only by their content', () => {
    const name = `${'a'.repeat(64)}.png`;
    expect(noteImageName(`image:${name}`)).toBe(name);
    expect(noteImageName('https://example.org/a.png')).toBeNull();
    expect(noteImageName(`image:../${name}`)).toBeNull();
    expect(noteImageName(`image:${'a'.repeat(64)}.svg`)).toBeNull();
  });
});

describe('runs in notes', () => {
  test('are linked where a number stands for itself', () => {
    expect(render('As #02.7 says (#1.12), not x#02.7, `#02.7`, #02.7.1, #2 or &#35;3.4a')).toBe(
      '<p>As <a href="run:02.7">#02.7</a> says (<a href="run:1.12">#1.12</a>), not x#02.7, <code>#02.7</code>, #02.7.1, #2 or #3.4a</p>',
    );
    expect(render('[about #02.7](https://example.org)')).toBe(
      '<p><a href="https://example.org">about #02.7</a></p>',
    );
    expect(render('#02.7, **#02.8**.')).toContain('<strong><a href="run:02.8">');
  });
});

describe('formulas', () => {
  test('are set, and money is not', () => {
    expect(render('The loss $\\frac{a}{b}$.')).toContain('class="katex"');
    expect(render('$$\n\\sum_i x_i\n$$')).toContain('katex-display');
    expect(render('A formula:\n\n$$\\sum_i x_i$$\n\nas GitHub has it.')).toContain('katex-display');
    expect(render('It costs $5 and $10.')).toBe('<p>It costs $5 and $10.</p>');
    expect(render('From $5-$10 a day')).toBe('<p>From $5-$10 a day</p>');
  });

  test('can neither link, load nor style, and an error stays in its place', () => {
    const hostile = render(
      '$\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://evil.example/x.png}$ $\\htmlStyle{background:url(https://evil.example)}{x}$ $\\url{javascript:x}$',
    );
    expect(hostile).not.toMatch(/<(a|img|script|iframe|link)\b|style="[^"]*url|href=|src=/i);
    expect(render('Before $\\frac{$ after')).toMatch(/^<p>Before .* after<\/p>$/s);
    expect(render('$\\def\\a{\\a\\a}\\a$')).toContain('katex-error');
  });
});

test('HTML, scripts and handlers in notes are left out', () => {
  const html = render(
    '<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <svg onload=alert(1)> text\n\n<iframe src="https://evil.example"></iframe>\n\n<style>@import "https://evil.example"</style>',
  );
  expect(html).not.toMatch(/<(script|img|svg|iframe|style)|onerror|onload/i);
  expect(html).toContain('text');
});

test('a block is what stands after its language, and below', () => {
  expect(blockSource("table status = 'FAILED'", 'ORDER BY name\n')).toBe(
    "table status = 'FAILED'\nORDER BY name",
  );
  expect(blockSource(null, ' chart loss \n')).toBe('chart loss');
  expect(blockSource(undefined, '')).toBe('');
});

describe('drafts', () => {
  function memory(): DraftStorage {
    const kept = new Map<string, string>();
    return {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    };
  }

  test('stay until what they say is stored', () => {
    const storage = memory();
    keepDraft('a', { base: '', text: 'one', at: 1 }, storage);
    keepDraft('a', { base: '', text: 'one two', at: 2 }, storage);
    dropDraft('a', 'one', storage);
    expect(readDraft('a', storage)).toEqual({ base: '', text: 'one two', at: 2 });
    expect(readDraft('b', storage)).toBeNull();
    dropDraft('a', 'one two', storage);
    expect(readDraft('a', storage)).toBeNull();
  });

  test('that cannot be kept or read do not stop the writing', () => {
    const broken: DraftStorage = {
      getItem: () => '{"text": 5',
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
      removeItem: () => {
        throw new Error('SecurityError');
      },
    };
    keepDraft('a', { base: '', text: 'x', at: 1 }, broken);
    dropDraft('a', null, broken);
    expect(readDraft('a', broken)).toBeNull();
  });
});
