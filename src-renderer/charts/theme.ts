/** Colours and type for Plotly, which takes no CSS variables: read off the page when drawing. */

export interface ChartTokens {
  readonly dark: boolean;
  readonly text: string;
  readonly dimmed: string;
  readonly grid: string;
  readonly surface: string;
  readonly border: string;
  readonly accent: string;
  readonly added: string;
  readonly removed: string;
  readonly fontFamily: string;
  /** Pixels; follows the text size that the person chose. */
  readonly fontSize: number;
  /** Two ends of a sequential scale, from "nothing" to "most". */
  readonly low: string;
  readonly high: string;
}

/**
 * Any CSS colour as one that Plotly parses (`#rrggbb` or `rgb()/rgba()`), seen from `element`; the
 * page's variables are the same everywhere in it, and change with its colour scheme only.
 * An unknown colour comes back as the inherited text colour, as CSS has it.
 */
export function resolveColor(element: Element, color: string): string {
  if (/^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(color)) return color;
  // To ask the page costs it a look at all of its styles: once for each colour of a scheme.
  const { mantineColorScheme: scheme = '' } = document.documentElement.dataset;
  const key = `${scheme} ${color}`;
  const known = resolvedColors.get(key);
  if (known !== undefined) return known;
  const probe = document.createElement('span');
  probe.style.display = 'none';
  probe.style.color = color;
  element.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  const plain = /^rgba?\(/.test(resolved) ? resolved : throughCanvas(resolved);
  if (scheme !== '') resolvedColors.set(key, plain);
  return plain;
}

const resolvedColors = new Map<string, string>();

/** Wide-gamut notations (`oklch()`, `color()`) as plain sRGB, by painting one pixel. */
function throughCanvas(color: string): string {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (context === null) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${r}, ${g}, ${b}, ${a / 255})`;
}

/** The tokens as they are where `element` stands, under the scheme that the page has now. */
export function readTokens(element: Element, dark: boolean): ChartTokens {
  const color = (value: string): string => resolveColor(element, value);
  return {
    dark,
    text: color('var(--ink)'),
    dimmed: color('var(--ink-dim)'),
    grid: color('color-mix(in srgb, var(--line) 70%, transparent)'),
    surface: color('var(--surface)'),
    border: color('var(--line-strong)'),
    accent: color('var(--accent)'),
    added: color('var(--good)'),
    removed: color('var(--bad)'),
    low: color('var(--accent-soft)'),
    high: color('var(--accent)'),
    fontFamily: getComputedStyle(element).fontFamily,
    fontSize: 0.6875 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
  };
}

/** The colour with another opacity, 0…1, for a curve that steps back. */
export function fade(color: string, opacity: number): string {
  const parts = parseColor(color);
  return parts === null ? color : `rgba(${parts.join(', ')}, ${opacity})`;
}

/** A colour between two others, `share` of the way from the first (0) to the second (1). */
export function mix(from: string, to: string, share: number): string {
  const [a, b] = [parseColor(from), parseColor(to)];
  if (a === null || b === null) return share < 0.5 ? from : to;
  const parts = a.map((part, i) => Math.round(part + ((b[i] as number) - part) * share));
  return `rgb(${parts.join(', ')})`;
}

function parseColor(color: string): [number, number, number] | null {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(
    color.replace(/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i, '#$1$1$2$2$3$3'),
  );
  if (hex)
    return [1, 2, 3].map((i) => Number.parseInt(hex[i] as string, 16)) as [number, number, number];
  const rgb = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/.exec(color);
  return rgb === null ? null : [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])];
}
