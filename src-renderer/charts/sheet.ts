/** Several pictures and one legend on one sheet, as an SVG. Pure. */

import type { LegendEntry } from './ChartLegend.tsx';
import { linePatterns, markerPath } from './dashes.ts';
import { elide } from './layout.ts';
import type { ChartTokens } from './theme.ts';

export interface SheetInput {
  /** SVGs of the size of a cell, from left to right and from top to bottom. */
  readonly pictures: readonly string[];
  readonly columns: number;
  readonly cell: { readonly width: number; readonly height: number };
  /** Colours resolved. Left out where there is but one. */
  readonly legend: readonly LegendEntry[];
  readonly tokens: ChartTokens;
}

export interface Sheet {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

const gap = 12;
const entryWidth = 220;
/** As long as the longest pattern needs to be told apart. */
const sampleWidth = 45;
export function composeSheet({ pictures, columns, cell, legend, tokens }: SheetInput): Sheet {
  const across = Math.max(1, Math.min(columns, pictures.length));
  const down = Math.ceil(pictures.length / across);
  const width = across * cell.width + (across + 1) * gap;
  const named = legend.length > 1 ? legend : [];
  const line = tokens.fontSize * 1.8;
  const perLine = Math.max(1, Math.floor((width - gap) / entryWidth));
  const top = down * (cell.height + gap) + gap;
  const height = top + Math.ceil(named.length / perLine) * line + (named.length > 0 ? gap : 0);
  const placed = pictures.map((picture, index) => {
    const x = gap + (index % across) * (cell.width + gap);
    const y = gap + Math.floor(index / across) * (cell.height + gap);
    return picture.replace('<svg ', `<svg x="${x}" y="${y}" `);
  });
  const names = named.map(({ label, color, dash = 'solid', marker }, index) => {
    const x = gap + (index % perLine) * entryWidth;
    const y = top + (Math.floor(index / perLine) + 0.5) * line;
    const lengths = linePatterns[dash].join(' ');
    const pattern = lengths === '' ? '' : ` stroke-dasharray="${lengths}"`;
    const shape =
      marker === undefined
        ? ''
        : `<path d="${markerPath(marker, x + sampleWidth / 2, y, 3.5)}" fill="${escapeXml(color)}"/>`;
    return (
      `<path d="M${x},${y}h${sampleWidth}" stroke="${escapeXml(color)}" stroke-width="1.75"${pattern}/>${shape}` +
      `<text x="${x + sampleWidth + 8}" y="${y + tokens.fontSize * 0.35}">${escapeXml(elide(label, 26))}</text>`
    );
  });
  const style =
    `font-family="${escapeXml(tokens.fontFamily)}" font-size="${tokens.fontSize}" ` +
    `fill="${escapeXml(tokens.text)}"`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ` +
    `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="${escapeXml(tokens.surface)}"/>` +
    `${placed.join('')}<g ${style}>${names.join('')}</g></svg>`;
  return { svg, width, height };
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
