import { type SyntheticEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JsonFigure } from '../../../charts/index.ts';
import type { Output } from '../../../client/index.ts';
import { formatNumber, formatSize, Markdown } from '../../../ui/index.ts';
import css from './media.module.css';
import { histogramPath, type Range } from './steps.ts';

type Item = Output<'media.read'>['items'][number];
type Of<K extends Item['kind']> = Extract<Item, { kind: K }>;

/** What was logged at one step. Nothing in it runs, and nothing is loaded from elsewhere. */
export function MediaItems({
  items,
  name,
  scale,
}: {
  readonly items: readonly Item[];
  readonly name: string;
  /** Between which values histograms are drawn; each between its own when null. */
  readonly scale: Range | null;
}) {
  const placed = items.map((item, index) => ({ place: `${index}`, item }));
  return placed.map(({ place, item }) => (
    <MediaItem key={place} item={item} name={name} scale={scale} />
  ));
}

function MediaItem({
  item,
  name,
  scale,
}: {
  readonly item: Item;
  readonly name: string;
  readonly scale: Range | null;
}) {
  const { t } = useTranslation('media');
  switch (item.kind) {
    case 'text':
      return (
        <div className={css.text}>
          <Markdown text={item.text} />
          {item.cut && <p className={css.dim}>{t('cut')}</p>}
        </div>
      );
    case 'histogram':
      return <Histogram item={item} name={name} scale={scale} />;
    case 'table':
      return <Table item={item} name={name} />;
    case 'figure':
      return <JsonFigure text={item.text} title={name} height={320} />;
    case 'other':
      return <p className={css.dim}>{t('other', { size: formatSize(item.bytes) })}</p>;
    default:
      return <Played item={item} name={name} />;
  }
}

function Played({
  item,
  name,
}: {
  readonly item: Of<'image' | 'audio' | 'video'>;
  readonly name: string;
}) {
  const { t } = useTranslation('media');
  const [url, setUrl] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  const { bytes, mime } = item;
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime }));
    setUrl(made);
    setBroken(false);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mime]);
  const fail = (): void => setBroken(true);
  if (url === null) return null;
  if (broken) return <p role="alert">{t('broken')}</p>;
  if (item.kind === 'audio') {
    return (
      <audio className={css.sound} aria-label={name} src={url} controls onError={fail}>
        <track kind="captions" />
      </audio>
    );
  }
  if (item.kind === 'video') {
    return (
      <video className={css.picture} aria-label={name} src={url} controls onError={fail}>
        <track kind="captions" />
      </video>
    );
  }
  return <img className={css.picture} src={url} alt={name} onLoad={enlarge} onError={fail} />;
}

/** Digits and crops have few pixels: they are shown in whole multiples of them. */
const smallest = 160;

function enlarge({ currentTarget: picture }: SyntheticEvent<HTMLImageElement>): void {
  const { naturalWidth, naturalHeight } = picture;
  const times = Math.floor(smallest / Math.max(naturalWidth, naturalHeight, 1));
  if (times > 1 && naturalWidth > 0) picture.style.width = `${naturalWidth * times}px`;
}

function Histogram({
  item,
  name,
  scale,
}: {
  readonly item: Of<'histogram'>;
  readonly name: string;
  readonly scale: Range | null;
}) {
  const { t } = useTranslation('media');
  const { edges, counts } = item;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [from, to] = [formatNumber(edges[0] ?? 0), formatNumber(edges.at(-1) ?? 0)];
  return (
    <div className={css.histogram}>
      <svg
        viewBox="0 0 100 40"
        preserveAspectRatio="none"
        role="img"
        aria-label={t('histogram', { name, from, to, count: total })}
      >
        <path d={histogramPath(edges, counts, scale)} />
      </svg>
      <div className={css.axis}>
        <span>{scale === null ? from : formatNumber(scale[0])}</span>
        <span className={css.dim}>{t('values', { count: total })}</span>
        <span>{scale === null ? to : formatNumber(scale[1])}</span>
      </div>
    </div>
  );
}

function Table({ item, name }: { readonly item: Of<'table'>; readonly name: string }) {
  const { t } = useTranslation('media');
  const rows = item.rows.map((cells, index) => ({
    place: `${index}`,
    cells: cells.map((cell, at) => ({ place: `${at}`, cell })),
  }));
  return (
    <section className={css.tableBox} aria-label={name} {...scrollable}>
      <table>
        <thead>
          <tr>
            {item.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ place, cells }) => (
            <tr key={place}>
              {cells.map((one) => (
                <td key={one.place}>{one.cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {item.cut && <p className={css.dim}>{t('cut')}</p>}
    </section>
  );
}

/** What scrolls must be reachable by the keyboard. */
const scrollable = { tabIndex: 0 } as const;
