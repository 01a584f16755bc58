/** Writing HTML so that nothing in a name, a note or a value is ever taken for markup. */

/** A piece of markup that is known to be safe. */
export interface Html {
  readonly html: string;
}

type Piece = Html | string | number | null | readonly Html[];

/** A template whose values are escaped unless they are {@link Html} themselves. */
export function html(strings: TemplateStringsArray, ...values: readonly Piece[]): Html {
  return { html: strings.reduce((text, part, at) => text + write(values[at - 1] ?? null) + part) };
}

function write(value: Piece): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'html' in value ? value.html : value.map((one) => one.html).join('');
}

/** Characters below a space, which XML forbids and browsers hide, become a visible mark. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/[^\P{Cc}\t\n\r]/gu, '\u{fffd}');
}
