import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentBody, ContentSource } from '../../../../client/index.ts';
import { EmptyState, Spacer } from '../../../../ui/index.ts';
import { ChangeSteps, useChangeKeys } from '../../../../ui/text-diff/index.ts';
import compare from '../../compare.module.css';
import css from '../content.module.css';
import { ScrollRegion } from '../ScrollRegion.tsx';
import { SearchField } from '../SearchField.tsx';
import { SettingsList } from '../SettingsDiff.tsx';
import { CellDiff } from './CellDiff.tsx';
import { differs, notebookRows } from './rows.ts';

export interface NotebookDiffProps {
  readonly body: Extract<ContentBody, { kind: 'notebook' }>;
  readonly sources: { readonly left: ContentSource; readonly right: ContentSource };
  /** There are no more changes that way; returns whether something else was opened. */
  readonly onBeyond?: ((way: 1 | -1) => boolean) | undefined;
}

/** Two notebooks with their cells beside each other. n and p go from change to change. */
export function NotebookDiff({ body, sources, onBeyond }: NotebookDiffProps) {
  const { t } = useTranslation('contents');
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(0);
  const scroller = useRef<HTMLElement>(null);
  const rows = useMemo(() => notebookRows(body.cells, search, open), [body.cells, search, open]);
  const changes = useMemo(
    () => rows.flatMap((row, index) => (row.kind === 'cell' && differs(row.cell) ? [index] : [])),
    [rows],
  );
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'fold' ? 36 : 220),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 4,
  });
  const step = (way: 1 | -1): void => {
    const edge = way === 1 ? changes.length : 1;
    if ((changes.length === 0 || at === edge) && onBeyond?.(way)) return;
    const next = Math.min(changes.length, Math.max(1, at + way));
    const row = changes[next - 1];
    if (row === undefined) return;
    setAt(next);
    list.scrollToIndex(row, { align: 'start' });
  };
  useChangeKeys(step);
  const { totals } = body;
  return (
    <>
      <div className={compare.diffTools}>
        <span className={css.totals}>{t('cellTotals', totals)}</span>
        <Spacer />
        <ChangeSteps at={at} total={changes.length} onStep={step} />
        <SearchField
          label={t('searchCells')}
          value={search}
          onChange={(text) => {
            setSearch(text);
            setAt(0);
          }}
        />
      </div>
      {body.metadata.length > 0 && (
        <details className={css.notebookMetadata}>
          <summary>{t('notebookMetadata', { count: body.metadata.length })}</summary>
          <SettingsList changes={body.metadata} />
        </details>
      )}
      {rows.length === 0 ? (
        <EmptyState title={t(search === '' ? 'noCells' : 'noCellMatches')} />
      ) : (
        <ScrollRegion ref={scroller} className={css.cells} label={t('cells')}>
          <div className={css.cellSpace} style={{ height: list.getTotalSize() }}>
            {list.getVirtualItems().map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <div
                  key={item.key}
                  ref={list.measureElement}
                  data-index={item.index}
                  className={css.cellPlace}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {row.kind === 'fold' ? (
                    <button
                      type="button"
                      className={css.fold}
                      onClick={() => setOpen(new Set(open).add(row.key))}
                    >
                      {t('sameCells', { count: row.cells.length })}
                    </button>
                  ) : (
                    <CellDiff
                      cell={row.cell}
                      current={changes[at - 1] === item.index}
                      language={body.language}
                      sources={sources}
                    />
                  )}
                </div>
              );
            })}
          </div>
        </ScrollRegion>
      )}
    </>
  );
}
