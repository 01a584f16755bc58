import { useMemo } from 'react';
import css from './html-frame.module.css';

/** Nothing is loaded, whatever the page asks for. */
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";

/** Pages are made for white paper: they have it in the dark too, in the system's own colours. */
const style =
  ':root{color-scheme:light;background:Canvas;color:CanvasText}body{margin:4px 8px;font:13px system-ui}table{border-collapse:collapse}td,th{padding:2px 8px;text-align:right;border-bottom:1px solid color-mix(in srgb,CanvasText 15%,Canvas)}';

export interface HtmlFrameProps {
  readonly text: string;
  readonly title: string;
  /** Pixels, or of what it stands in. */
  readonly height: number | string;
}

/**
 * HTML of a stranger in a frame that may do nothing and reach nothing: no scripts, no forms, no
 * network. What a link in it leads to is refused by the window's own policy.
 */
export function HtmlFrame({ text, title, height }: HtmlFrameProps) {
  const page = useMemo(
    () =>
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>${text}`,
    [text],
  );
  return <iframe className={css.frame} title={title} sandbox="" srcDoc={page} style={{ height }} />;
}
