import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import css from './html-frame.module.css';

/** Nothing is loaded, whatever the page asks for. */
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";

/** Pages are made for white paper: they have it in the dark too, in the system's own colours. */
const style =
  ':root{color-scheme:light;background:Canvas;color:CanvasText}body{margin:4px 8px;font:13px system-ui}table{border-collapse:collapse}td,th{padding:2px 8px;text-align:right;border-bottom:1px solid color-mix(in srgb,CanvasText 15%,Canvas)}[data-closed]{color:LinkText;text-decoration:underline dotted;cursor:not-allowed}';

const leading = 'a[href], area[href], svg a';

/** Parsed apart from the window, where nothing is loaded or run. */
function closeLinks(text: string, say: (address: string) => string): string {
  if (!/<(?:\w+:)?a(?:rea)?[\s/]/i.test(text)) return text;
  const page = new DOMParser().parseFromString(text, 'text/html');
  for (const link of page.querySelectorAll(leading)) {
    const address = link.getAttribute('href') ?? link.getAttribute('xlink:href') ?? '';
    link.removeAttribute('target');
    link.removeAttribute('ping');
    if (address.startsWith('#')) {
      // Relative addresses are taken for the window's.
      link.setAttribute('href', `about:srcdoc${address}`);
      continue;
    }
    link.removeAttribute('href');
    link.removeAttribute('xlink:href');
    link.setAttribute('title', say(address.slice(0, longestAddress)));
    link.setAttribute('data-closed', '');
  }
  return page.documentElement.outerHTML;
}

/** Of what a link says of itself. */
const longestAddress = 200;

export interface HtmlFrameProps {
  readonly text: string;
  readonly title: string;
  /** Pixels, or of what it stands in. */
  readonly height: number | string;
}

/**
 * HTML of a stranger in a frame that may do nothing and reach nothing: no scripts, no forms, no
 * network. A link leads to another place of the page, or nowhere, and says where it would have led:
 * the window's own policy would leave an empty frame.
 */
export function HtmlFrame({ text, title, height }: HtmlFrameProps) {
  const { t } = useTranslation();
  const page = useMemo(
    () =>
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>${closeLinks(text, (address) => t('linkClosed', { address }))}`,
    [text, t],
  );
  return <iframe className={css.frame} title={title} sandbox="" srcDoc={page} style={{ height }} />;
}
