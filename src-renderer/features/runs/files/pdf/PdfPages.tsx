/** A PDF document: its pages below each other. */
import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asClientError, ClientError, type FileSource, useCall } from '../../../../client/index.ts';
import { EmptyState, ErrorState, Skeletons } from '../../../../ui/index.ts';
import { readPieces } from '../read-file.ts';
import { openPdf, type PdfDocument, type ReadBytes, sizeOf } from './document.ts';
import { PdfPage } from './PdfPage.tsx';
import css from './pdf.module.css';
import { pageAt, zoomStep } from './zoom.ts';

interface Opened {
  readonly document: PdfDocument;
  /** Of the first page, in CSS pixels at 100 %: what others are taken for until they are read. */
  readonly first: { readonly width: number; readonly height: number };
}

type State =
  | { readonly status: 'loading' }
  | { readonly status: 'locked' }
  | { readonly status: 'failed'; readonly error: ClientError }
  | ({ readonly status: 'open' } & Opened);

export default function PdfPages({
  source,
  size,
}: {
  readonly source: FileSource;
  readonly size: number;
}) {
  const { t } = useTranslation('files');
  const state = usePdf(source, size);
  if (state.status === 'loading') return <Skeletons rows={5} height={24} />;
  if (state.status === 'failed') return <ErrorState error={state.error} />;
  if (state.status === 'locked') {
    return <EmptyState title={t('pdfLocked')}>{t('pdfLockedText')}</EmptyState>;
  }
  return <Pages {...state} name={source.path} />;
}

function Pages({ document, first, name }: Opened & { readonly name: string }) {
  const { t } = useTranslation('files');
  const scroller = useRef<HTMLDivElement>(null);
  /** Null: as wide as the view. */
  const [chosen, setZoom] = useState<number | null>(null);
  const [width, setWidth] = useState(0);
  const [current, setCurrent] = useState(1);
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const observer = new ResizeObserver(() => setWidth(box.clientWidth));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  const fitting = width === 0 ? 1 : Math.min(1.5, (width - 2 * margin) / first.width);
  const zoom = chosen ?? fitting;
  const pages = Array.from({ length: document.numPages }, (_, index) => index + 1);
  const go = (number: number): void => {
    scroller.current?.children[number - 1]?.scrollIntoView({ block: 'start' });
    setCurrent(number);
  };
  return (
    <div className={css.view}>
      <div className={css.tools}>
        <NumberInput
          size="xs"
          w={64}
          aria-label={t('pdfPageField')}
          min={1}
          max={document.numPages}
          clampBehavior="strict"
          allowDecimal={false}
          value={current}
          onChange={(value) => {
            if (typeof value === 'number' && value >= 1) go(value);
          }}
        />
        <span>{t('pdfOf', { total: document.numPages })}</span>
        <span className={css.gap} />
        <ActionIcon
          variant="default"
          aria-label={t('pdfSmaller')}
          disabled={zoomStep(zoom, -1) === null}
          onClick={() => setZoom(zoomStep(zoom, -1))}
        >
          <IconMinus size={16} />
        </ActionIcon>
        <span className={css.zoom}>{Math.round(zoom * 100)} %</span>
        <ActionIcon
          variant="default"
          aria-label={t('pdfLarger')}
          disabled={zoomStep(zoom, 1) === null}
          onClick={() => setZoom(zoomStep(zoom, 1))}
        >
          <IconPlus size={16} />
        </ActionIcon>
        <Button
          size="xs"
          variant="default"
          disabled={chosen === null}
          onClick={() => setZoom(null)}
        >
          {t('pdfFit')}
        </Button>
      </div>
      <section
        ref={scroller}
        className={css.pages}
        aria-label={name}
        onScroll={({ currentTarget }) => {
          const tops = [...currentTarget.children].map((page) => (page as HTMLElement).offsetTop);
          setCurrent(pageAt(tops, currentTarget.scrollTop + currentTarget.clientHeight / 3));
        }}
      >
        {pages.map((number) => (
          <PdfPage key={number} document={document} number={number} zoom={zoom} expected={first} />
        ))}
      </section>
    </div>
  );
}

const margin = 16;

function usePdf(source: FileSource, size: number): State {
  const call = useCall();
  const { t } = useTranslation('files');
  const [state, setState] = useState<State>({ status: 'loading' });
  const key = JSON.stringify(source);
  useEffect(() => {
    setState({ status: 'loading' });
    const abort = new AbortController();
    const read: ReadBytes = async (offset, length) => {
      const file = JSON.parse(key) as FileSource;
      const pieces = await readPieces(call, file, length, { from: offset, signal: abort.signal });
      return new Uint8Array(await new Blob(pieces).arrayBuffer());
    };
    const fail = (error: unknown): void => {
      if (abort.signal.aborted) return;
      setState(
        nameOf(error) === 'PasswordException'
          ? { status: 'locked' }
          : { status: 'failed', error: explain(error, t('pdfDamaged')) },
      );
    };
    const { document, close } = openPdf(size, read, fail);
    document
      .then(async (opened) => {
        const first = sizeOf(await opened.getPage(1));
        if (!abort.signal.aborted) setState({ status: 'open', document: opened, first });
      })
      .catch(fail);
    return () => {
      abort.abort();
      close();
    };
  }, [call, key, size, t]);
  return state;
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

/** What the core says stands as it is; pdf.js speaks of objects and streams. */
function explain(error: unknown, sentence: string): ClientError {
  if (error instanceof ClientError) return error;
  const { details, message } = asClientError(error);
  return new ClientError('invalid-input', sentence, { details: details ?? message });
}
