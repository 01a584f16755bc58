/** What an address in a text of unknown origin may do. */

export type SafeLink =
  | { readonly kind: 'web'; readonly href: string }
  | { readonly kind: 'run'; readonly reference: string }
  /** In the workspace, with `/`. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'none' };

/**
 * Only the web, mail, runs and files of the folder can be linked to: no scripts, no data, nothing of
 * the window itself. Browsers ignore tabs and line ends inside of a scheme, and so does this.
 */
export function safeLink(address: string): SafeLink {
  const href = [...address].filter((char) => char > '\x20' && char !== '\x7f').join('');
  if (/^(https?:\/\/|mailto:)/i.test(href)) return { kind: 'web', href };
  const run = /^run:#?(\d+\.\d+|[0-9a-f]{6,32})$/.exec(href);
  if (run?.[1] !== undefined) return { kind: 'run', reference: run[1] };
  if (href === '' || /^([a-z][a-z0-9+.-]*:|[/\\?#])/i.test(href)) return { kind: 'none' };
  try {
    const path = decodeURIComponent(address.trim()).replace(/^(\.\/)+/, '');
    return path === '' ? { kind: 'none' } : { kind: 'file', path };
  } catch {
    return { kind: 'none' };
  }
}

/** The name of a picture that is kept with the notes, or null for every other address. */
export function noteImageName(address: string): string | null {
  return /^image:([0-9a-f]{64}\.(?:png|jpg|gif|webp))$/.exec(address)?.[1] ?? null;
}
