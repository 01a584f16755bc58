import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './notebooks.module.css';

/** A higher one is folded; none is higher than the second. */
const foldedHeight = 420;
const mostHeight = 4000;
const rowHeight = 22;

/** Nothing is loaded, whatever the output asks for. */
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";

/** Outputs are made for white paper: they have it in the dark too, in the system's own colours. */
const style =
  ':root{color-scheme:light;background:Canvas;color:CanvasText}body{margin:4px 8px;font:13px system-ui}table{border-collapse:collapse}td,th{padding:2px 8px;text-align:right;border-bottom:1px solid color-mix(in srgb,CanvasText 15%,Canvas)}';

/**
 * Tables of pandas and the like, in a frame that may do nothing and reach nothing. Its origin is
 * nobody's, so that its height cannot be read: it is guessed, and the frame can be drawn larger.
 */
export function HtmlOutput({ text }: { text: string }) {
  const { t } = useTranslation('notebooks');
  const height = useMemo(() => guessedHeight(text), [text]);
  const [open, setOpen] = useState(false);
  const page = useMemo(
    () =>
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>${text}`,
    [text],
  );
  return (
    <>
      <iframe
        className={css.frame}
        title={t('outputHtml')}
        sandbox=""
        srcDoc={page}
        style={{ height: open ? height : Math.min(foldedHeight, height) }}
      />
      {height > foldedHeight && (
        <Button size="compact-xs" onClick={() => setOpen(!open)}>
          {t(open ? 'less' : 'more')}
        </Button>
      )}
    </>
  );
}

/** By what begins a line: rows, paragraphs, breaks. */
function guessedHeight(html: string): number {
  const lines = html.match(/<(?:tr|p|br|li|h[1-6]|hr)\b/gi)?.length ?? 0;
  return Math.min(mostHeight, Math.max(80, 24 + Math.max(1, lines) * rowHeight));
}
