/** How text looks in a terminal's colours, such that it can be read on the page of either theme. */
import type { CSSProperties } from 'react';
import type { AnsiStyle } from './ansi.ts';

/** What a theme's own colours are written on: its page, or the other end of its scale. */
const ground = 'var(--surface)';
const ink = 'var(--ink)';
/** The sixteen named colours are the theme's own, and all of them can be read on its page. */
const isNamed = (color: string): boolean => color.startsWith('var(');

/** @returns what a span of a log or of a notebook's output is drawn with */
export function ansiCss(style: AnsiStyle): CSSProperties {
  const { color, background } = style.inverse
    ? { color: style.background ?? ground, background: style.color ?? ink }
    : style;
  const decoration = [style.underline ? 'underline' : '', style.struck ? 'line-through' : '']
    .filter((part) => part !== '')
    .join(' ');
  return {
    ...(background === null
      ? color !== null && { color: onPage(color) }
      : { background, color: onColor(color, background) }),
    ...(style.bold ? { fontWeight: 600 } : {}),
    ...(style.dim ? { opacity: 0.75 } : {}),
    ...(style.italic ? { fontStyle: 'italic' } : {}),
    ...(decoration === '' ? {} : { textDecoration: decoration }),
  };
}

/** Bright yellow on white, or dark blue on black, is taken as far from the page as it must be. */
function onPage(color: string): string {
  return isNamed(color)
    ? color
    : `oklch(from ${color} clamp(var(--ansi-darkest), l, var(--ansi-lightest)) c h)`;
}

/** Black on green is no darker than the green of a light theme: the page's colour stands out there. */
function onColor(color: string | null, background: string): string {
  if (isNamed(background)) return ground;
  const own = color === null || isNamed(color) ? null : luminance(color);
  const behind = luminance(background);
  if (color !== null && own !== null && contrast(own, behind) >= 4.5) return color;
  return contrast(0, behind) >= contrast(1, behind) ? '#000' : '#fff';
}

/** Relative luminance of `rgb(r g b)`, as WCAG defines it. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
