import { expect, test } from 'vitest';
import { parseAnsi } from '../../../../src-renderer/ui/ansi.ts';
import { ansiCss } from '../../../../src-renderer/ui/ansi-css.ts';

/** How `x` looks after these codes. */
function look(codes: string) {
  const [span] = parseAnsi(`\u001b[${codes}mx`).spans;
  return span === undefined ? null : ansiCss(span.style);
}

test('named colours are the theme’s; on a background the page’s own colour is written', () => {
  expect(look('31')).toEqual({ color: 'var(--ansi-red)' });
  expect(look('30;42')).toEqual({ background: 'var(--ansi-green)', color: 'var(--surface)' });
  expect(look('7')).toEqual({ background: 'var(--ink)', color: 'var(--surface)' });
  expect(look('7;32')).toEqual({ background: 'var(--ansi-green)', color: 'var(--surface)' });
});

test('bright black is grey, by either code, and other bright colours are the theme’s', () => {
  for (const codes of ['90', '38;5;8']) expect(look(codes)).toEqual({ color: 'var(--ansi-gray)' });
  expect(look('100')).toEqual({ background: 'var(--ansi-gray)', color: 'var(--surface)' });
  expect(look('94')).toEqual({ color: 'var(--ansi-blue)' });
  expect(look('38;5;12')).toEqual({ color: 'var(--ansi-blue)' });
});

test('colours by number can be read, on the page and on one another', () => {
  expect(look('38;5;226')).toEqual({
    color: 'oklch(from rgb(255 255 0) clamp(var(--ansi-darkest), l, var(--ansi-lightest)) c h)',
  });
  expect(look('48;2;255;255;0;38;2;255;255;255')).toMatchObject({ color: '#000' });
  expect(look('48;2;0;0;90;38;2;255;255;255')).toMatchObject({ color: 'rgb(255 255 255)' });
});

test('struck and underlined at once', () => {
  expect(look('4;9')).toEqual({ textDecoration: 'underline line-through' });
  expect(look('9;29')).toEqual({});
});
