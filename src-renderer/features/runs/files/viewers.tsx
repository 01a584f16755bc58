import { Switch } from '@mantine/core';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JsonFigure } from '../../../charts/index.ts';
import { type FileKind, type FileSource, useOperation } from '../../../client/index.ts';
import {
  CodeView,
  EmptyState,
  ErrorState,
  formatSize,
  HtmlFrame,
  Markdown,
  NotebookCells,
  QueryView,
  Skeletons,
} from '../../../ui/index.ts';
import css from './files.module.css';
import { JsonTree } from './JsonTree.tsx';
import { ModelTensors } from './ModelTensors.tsx';
import { type FileRead, useFileText, useFileUrl } from './read-file.ts';
import { TableRows } from './TableRows.tsx';

// pdf.js is as large as the rest of the window.
const PdfPages = lazy(() => import('./pdf/PdfPages.tsx'));

export interface ViewerProps {
  readonly source: FileSource;
  readonly size: number;
  readonly mime: string;
}

const mostText = 8 * 2 ** 20;
/** Pictures are decoded whole; sound and film are kept by the browser, on disk if need be. */
const mostPicture = 128 * 2 ** 20;
const mostMedia = 2 ** 30;

/** A file in the viewer of its kind. Nothing in it runs, and nothing is loaded from elsewhere. */
export function Viewer({ kind, ...props }: ViewerProps & { readonly kind: FileKind }) {
  switch (kind) {
    case 'image':
    case 'audio':
    case 'video':
      return <Media {...props} kind={kind} />;
    case 'pdf':
      return <Pdf {...props} />;
    case 'table':
      return <TableRows source={props.source} />;
    case 'notebook':
      return <Notebook source={props.source} />;
    case 'markdown':
      return (
        <WithText {...props}>
          {(text) => (
            <div className={css.paper}>
              <Markdown text={text} />
            </div>
          )}
        </WithText>
      );
    case 'html':
      return <Html {...props} />;
    case 'figure':
      return <Figure {...props} />;
    case 'settings':
      return <JsonTree source={props.source} />;
    case 'model':
      return <ModelTensors source={props.source} />;
    case 'text':
      return <Text {...props} />;
    default:
      return <Unshown />;
  }
}

function Unshown() {
  const { t } = useTranslation('files');
  return <EmptyState title={t('unshown')}>{t('unshownText')}</EmptyState>;
}

function TooLarge({ most }: { readonly most: number }) {
  const { t } = useTranslation('files');
  return (
    <EmptyState title={t('tooLarge')}>{t('tooLargeText', { size: formatSize(most) })}</EmptyState>
  );
}

function Loaded<T>({
  read,
  children,
}: {
  readonly read: FileRead<T>;
  readonly children: (value: T) => ReactNode;
}) {
  const { t } = useTranslation('files');
  if (read.status === 'failed') return <ErrorState error={read.error} />;
  if (read.status === 'read') return children(read.value);
  return (
    <>
      {read.done > 0 && (
        <p className={css.note} role="status">
          {t('loaded', { size: formatSize(read.done) })}
        </p>
      )}
      <Skeletons rows={5} height={24} />
    </>
  );
}

function Media(props: ViewerProps & { readonly kind: 'image' | 'audio' | 'video' }) {
  const most = props.kind === 'image' ? mostPicture : mostMedia;
  return props.size > most ? <TooLarge most={most} /> : <MediaOf {...props} />;
}

function MediaOf({ kind, source, size, mime }: Parameters<typeof Media>[0]) {
  const { t } = useTranslation('files');
  const [broken, setBroken] = useState(false);
  const [blind, setBlind] = useState(false);
  const [natural, setNatural] = useState(false);
  const read = useFileUrl(source, size, mime);
  const name = source.path;
  const fail = (): void => setBroken(true);
  if (broken && kind === 'image') {
    return <EmptyState title={t('broken')}>{t('brokenText')}</EmptyState>;
  }
  if (broken) return <EmptyState title={t('unplayable')}>{t('unplayableText')}</EmptyState>;
  return (
    <Loaded read={read}>
      {(url) => {
        if (kind === 'audio') {
          return (
            <audio className={css.audio} aria-label={name} src={url} controls onError={fail}>
              <track kind="captions" />
            </audio>
          );
        }
        if (kind === 'video') {
          return (
            <>
              <video
                className={css.video}
                aria-label={name}
                src={url}
                controls
                onError={fail}
                onLoadedMetadata={({ currentTarget }) => setBlind(currentTarget.videoWidth === 0)}
              >
                <track kind="captions" />
              </video>
              {blind && <p className={css.note}>{t('onlySound')}</p>}
            </>
          );
        }
        return (
          <button
            type="button"
            className={css.pictureBox}
            data-natural={natural || undefined}
            title={t(natural ? 'fit' : 'natural')}
            onClick={() => setNatural(!natural)}
          >
            {/* A script in a drawing does not run in an `img`. */}
            <img className={css.picture} src={url} alt={name} onError={fail} />
          </button>
        );
      }}
    </Loaded>
  );
}

function Pdf({ source, size }: ViewerProps) {
  return (
    <Suspense fallback={<Skeletons rows={5} height={24} />}>
      <PdfPages key={JSON.stringify(source)} source={source} size={size} />
    </Suspense>
  );
}

function WithText({
  source,
  size,
  children,
}: ViewerProps & { readonly children: (text: string) => ReactNode }) {
  const { t } = useTranslation('files');
  const read = useFileText(source, mostText);
  return (
    <>
      {size > mostText && (
        <p className={css.note}>
          {t('firstOf', { shown: formatSize(mostText), total: formatSize(size) })}
        </p>
      )}
      <Loaded read={read}>{children}</Loaded>
    </>
  );
}

function Text(props: ViewerProps) {
  const { t } = useTranslation('files');
  const [wrap, setWrap] = useState(false);
  if (props.size === 0) return <EmptyState title={t('emptyFile')} />;
  return (
    <div className={css.filled}>
      <Switch
        className={css.switch}
        label={t('wrap')}
        checked={wrap}
        onChange={(event) => setWrap(event.currentTarget.checked)}
      />
      <WithText {...props}>
        {(text) => <CodeView text={text} path={props.source.path} wrap={wrap} />}
      </WithText>
    </div>
  );
}

function Html(props: ViewerProps) {
  const { t } = useTranslation('files');
  if (props.size > mostText) return <TooLarge most={mostText} />;
  return (
    <div className={css.filled}>
      <p className={css.note}>{t('htmlNote')}</p>
      <WithText {...props}>
        {(text) => <HtmlFrame text={text} title={props.source.path} height="100%" />}
      </WithText>
    </div>
  );
}

function Figure(props: ViewerProps) {
  if (props.size > mostText) return <TooLarge most={mostText} />;
  return (
    <WithText {...props}>
      {(text) => <JsonFigure text={text} title={props.source.path.split('/').at(-1) ?? ''} />}
    </WithText>
  );
}

function Notebook({ source }: Pick<ViewerProps, 'source'>) {
  const { t } = useTranslation('notebooks');
  const scroller = useRef<HTMLDivElement>(null);
  const query = useOperation('files.notebook', { source });
  return (
    <div ref={scroller} className={css.notebook}>
      <QueryView query={query}>
        {({ cells, language, totalCells }) => (
          <>
            <NotebookCells cells={cells} language={language} scroller={scroller} />
            {cells.length < totalCells && (
              <p className={css.note}>{t('shown', { shown: cells.length, total: totalCells })}</p>
            )}
          </>
        )}
      </QueryView>
    </div>
  );
}
