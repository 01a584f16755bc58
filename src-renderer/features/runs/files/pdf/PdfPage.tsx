import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNear } from '../../../../charts/index.ts';
import { drawPage, type PdfPage as Page, type PdfDocument, sizeOf } from './document.ts';
import css from './pdf.module.css';

interface PdfPageProps {
  readonly document: PdfDocument;
  readonly number: number;
  readonly zoom: number;
  /** In CSS pixels at 100 %, until the page itself is known. */
  readonly expected: { readonly width: number; readonly height: number };
}

/** One page, drawn while it is near; its place is kept while it is not. */
export function PdfPage({ document, number, zoom, expected }: PdfPageProps) {
  const { t } = useTranslation('files');
  const box = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const text = useRef<HTMLDivElement>(null);
  const [page, setPage] = useState<Page | null>(null);
  const [failed, setFailed] = useState(false);
  const near = useNear(box);
  useEffect(() => {
    if (!near) return;
    let left = false;
    document.getPage(number).then(
      (found) => {
        if (!left) setPage(found);
      },
      () => {
        if (!left) setFailed(true);
      },
    );
    return () => {
      left = true;
    };
  }, [document, number, near]);
  useEffect(() => {
    const [target, layer] = [canvas.current, text.current];
    if (!near || page === null || target === null || layer === null) return;
    let left = false;
    const drawing = drawPage(page, target, layer, zoom);
    drawing.done.then(
      () => setFailed(false),
      () => {
        if (!left) setFailed(true);
      },
    );
    return () => {
      left = true;
      drawing.cancel();
      page.cleanup();
      layer.replaceChildren();
      // A canvas keeps its pixels as long as it has a size.
      target.width = 0;
      target.height = 0;
    };
  }, [page, near, zoom]);
  const { width, height } = page === null ? expected : sizeOf(page);
  return (
    <section
      ref={box}
      className={css.page}
      style={{ width: width * zoom, height: height * zoom }}
      aria-label={t('pdfPage', { number })}
    >
      <canvas ref={canvas} className={css.canvas} />
      <div ref={text} className={css.text} />
      {failed && <p className={css.failed}>{t('pdfPageFailed')}</p>}
    </section>
  );
}
