import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './notebooks.module.css';

/** Higher outputs are folded, and no frame grows beyond the second. */
const foldedHeight = 420;
const mostHeight = 20_000;

/**
 * The frame's origin is the window's, so that its height can be read from here; that is safe for as
 * long as no script runs in it. Never add `allow-scripts`: with both there is no sandbox any more.
 */
const sandbox = 'allow-same-origin';

/** Nothing is loaded, whatever the output asks for. */
const policy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; base-uri 'none'";

/** Outputs are made for white paper: they have it in the dark too, in the system's own colours. */
const style =
  ':root{color-scheme:light;background:Canvas;color:CanvasText}body{margin:4px 8px;font:13px system-ui}table{border-collapse:collapse}td,th{padding:2px 8px;text-align:right;border-bottom:1px solid color-mix(in srgb,CanvasText 15%,Canvas)}';

/** Tables of pandas and the like, in a frame that may do nothing and reach nothing. */
export function HtmlOutput({ text }: { text: string }) {
  const { t } = useTranslation('notebooks');
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(80);
  const [open, setOpen] = useState(false);
  const page = useMemo(
    () =>
      `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><style>${style}</style>${text}`,
    [text],
  );
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    let content: ResizeObserver | null = null;
    const measure = (): void => {
      // As high as what is in it, not as the frame that it fills.
      const inner = element.contentDocument?.body;
      const bar = element.offsetHeight - element.clientHeight;
      if (inner) setHeight(Math.min(mostHeight, Math.ceil(inner.scrollHeight + bar + 10)));
    };
    const onLoad = (): void => {
      content?.disconnect();
      const inner = element.contentDocument?.body;
      if (!inner) return;
      content = new ResizeObserver(measure);
      content.observe(inner);
      measure();
    };
    element.addEventListener('load', onLoad);
    onLoad();
    return () => {
      element.removeEventListener('load', onLoad);
      content?.disconnect();
    };
  }, []);
  return (
    <>
      <iframe
        ref={frame}
        className={css.frame}
        title={t('outputHtml')}
        sandbox={sandbox}
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
