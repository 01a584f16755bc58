/** How wide texts are, without laying anything out. */
import type { ChartTokens } from '../theme.ts';

const widths = new Map<string, number>();
const mostKnown = 5000;
let context: OffscreenCanvasRenderingContext2D | null = null;

/** @returns the width of a text in pixels in the font of the labels; the widest of several lines */
export function textMeasure({ fontFamily, fontSize }: ChartTokens): (text: string) => number {
  const font = `${fontSize}px ${fontFamily}`;
  return (text) => {
    const key = `${font}\n${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    context ??= new OffscreenCanvas(1, 1).getContext('2d');
    if (context === null) return text.length * fontSize * 0.6;
    context.font = font;
    const lines = text.split('\n').map((line) => context?.measureText(line).width ?? 0);
    const width = Math.max(...lines);
    if (widths.size > mostKnown) widths.clear();
    widths.set(key, width);
    return width;
  };
}
