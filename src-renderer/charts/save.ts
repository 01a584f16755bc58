/** Taking a chart along: as a picture or as numbers, to a file or to the clipboard. */
import { baseLayout, escapeMarkup, type Figure } from './layout.ts';
import type { Plotly, PlotlyLayout } from './plotly.ts';
import { type ChartTokens, readTokens } from './theme.ts';

export type ImageFormat = 'png' | 'svg';

const pngScale = 2;
/** Room for a title above a figure, in pixels. */
export const titleHeight = 32;
/** Width of a name in the legend with its line, in pixels. */
const legendEntry = 220;

interface Margin {
  readonly t: number;
  readonly b: number;
}

function titleLayout(title: string, tokens: ChartTokens): Record<string, unknown> {
  return {
    text: escapeMarkup(title),
    x: 0.02,
    xanchor: 'left',
    y: 1,
    yref: 'container',
    yanchor: 'top',
    pad: { t: 10 },
    font: { size: tokens.fontSize * 1.25, color: tokens.text },
  };
}

/**
 * A figure as it is in an element of the page, with a background and, where there are several curves,
 * a legend, since a picture leaves the run list behind. `o.title` stands above it.
 */
export async function chartImage(
  plotly: Plotly,
  drawn: Figure,
  element: HTMLElement,
  format: ImageFormat,
  o: { readonly title: string; readonly dark: boolean },
): Promise<Blob> {
  const tokens = readTokens(element, o.dark);
  const named = drawn.data.filter((trace) => trace.showlegend === true);
  const own = { ...(baseLayout(tokens, '').margin as Margin), ...(drawn.layout.margin as Margin) };
  // Names stand in rows below the axis title, as many as a line takes.
  const perRow = Math.max(1, Math.floor(element.clientWidth / legendEntry));
  const legendHeight =
    named.length > 1 ? Math.ceil(named.length / perRow) * tokens.fontSize * 1.8 + 14 : 0;
  const margin = { ...own, t: own.t + titleHeight, b: own.b + legendHeight };
  const layout: PlotlyLayout = {
    ...drawn.layout,
    paper_bgcolor: tokens.surface,
    margin,
    title: titleLayout(o.title, tokens),
    showlegend: named.length > 1,
    legend: {
      orientation: 'h',
      x: 0,
      y: 0,
      yref: 'container',
      yanchor: 'bottom',
      entrywidth: legendEntry - 60,
      font: { size: tokens.fontSize, color: tokens.text },
    },
  };
  const size = {
    width: element.clientWidth,
    height: element.clientHeight + titleHeight + legendHeight,
  };
  const scale = format === 'png' ? { scale: pngScale } : {};
  const url = await plotly.toImage({ data: drawn.data, layout }, { format, ...size, ...scale });
  return dataUrlToBlob(url);
}

/** A figure that is nowhere on the page, as the text of an SVG with its title. */
export async function figureSvg(
  plotly: Plotly,
  { data, layout }: Figure,
  tokens: ChartTokens,
  o: { readonly title: string; readonly width: number; readonly height: number },
): Promise<string> {
  const own = layout.margin as Margin;
  const titled = {
    ...layout,
    paper_bgcolor: tokens.surface,
    margin: { ...own, t: own.t + titleHeight },
    title: titleLayout(o.title, tokens),
  };
  const { width, height } = o;
  const url = await plotly.toImage({ data, layout: titled }, { format: 'svg', width, height });
  return await dataUrlToBlob(url).text();
}

/** An SVG as pixels, twice as fine as it is large. */
export async function rasterise(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    const canvas = new OffscreenCanvas(width * pngScale, height * pngScale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Read here rather than fetched: the page's policy lets nothing be fetched but from its own origin. */
export function dataUrlToBlob(url: string): Blob {
  const match = /^data:([^;,]+)([^,]*),(.*)$/s.exec(url);
  if (match === null) throw new Error('not a data URL');
  const [, type = '', parameters = '', body = ''] = match;
  if (!parameters.endsWith(';base64')) return new Blob([decodeURIComponent(body)], { type });
  const bytes = Uint8Array.from(atob(body), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type });
}

/** A file name that every system takes, from the name of a metric or a layer. */
export function fileName(title: string, extension: string): string {
  const plain = title
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  return `${plain === '' ? 'chart' : plain}.${extension}`;
}

/** Hands a file to the browser's (or the window's) downloads. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Revoked later: the download starts after this turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The picture is made while the clipboard waits, so that the click still counts as its cause. */
export async function copyImage(image: Promise<Blob>): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
}
