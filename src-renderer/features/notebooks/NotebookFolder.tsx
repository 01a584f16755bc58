import { Button } from '@mantine/core';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NotebookRow } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { Badge, MiddleEllipsis, Spacer } from '../../ui/index.ts';
import css from './notebooks.module.css';
import { numbered, orderAfterMove } from './order.ts';
import type { Order } from './PlanDialog.tsx';

const dragType = 'application/x-cairn-notebook';

/** The notebooks of one folder. Moving one asks for a plan; nothing is renamed here. */
export function NotebookFolder({
  folder: { path, notebooks },
  chosen,
  onOpen,
  onOrder,
}: {
  folder: { path: string; notebooks: readonly NotebookRow[] };
  chosen: string | null;
  onOpen: (path: string) => void;
  onOrder: (order: Order) => void;
}) {
  const { t } = useTranslation('notebooks');
  const [target, setTarget] = useState<string | null>(null);
  const names = notebooks.map((row) => row.name);
  const move = (name: string, before: string | null): void =>
    onOrder({ folder: path, order: orderAfterMove(notebooks, name, before) });
  const uneven = notebooks.some((row) => row.missing.length > 0 || row.duplicate);

  const onKey = (event: KeyboardEvent<HTMLButtonElement>, index: number): void => {
    const way = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (way === 0) return;
    event.preventDefault();
    const next = index + way;
    if (next < 0 || next >= names.length) return;
    if (event.altKey) move(names[index] ?? '', (way < 0 ? names[next] : names[next + 1]) ?? null);
    else {
      const buttons = event.currentTarget.closest('ol')?.querySelectorAll('button');
      buttons?.[next]?.focus();
    }
  };
  const onDrop = (event: DragEvent, index: number): void => {
    const name = event.dataTransfer.getData(dragType);
    setTarget(null);
    if (!names.includes(name)) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    const below = event.clientY > box.top + box.height / 2;
    move(name, names[index + (below ? 1 : 0)] ?? null);
  };

  return (
    <section className={css.folder}>
      <header className={css.folderHead}>
        <h2>
          <MiddleEllipsis text={path === '' ? t('root') : path} max={40} mono={path !== ''} />
        </h2>
        <Spacer />
        {uneven && (
          <Button
            size="compact-xs"
            onClick={() => onOrder({ folder: path, order: numbered(notebooks) })}
          >
            {t('closeGaps')}
          </Button>
        )}
      </header>
      <ol data-list tabIndex={-1}>
        {notebooks.map((row, index) => (
          <li key={row.name}>
            {row.missing.length > 0 && (
              <p className={css.gap}>{t('missing', { numbers: row.missing.join(', ') })}</p>
            )}
            <button
              type="button"
              draggable
              className={css.row}
              aria-current={row.path === chosen ? 'true' : undefined}
              data-drop={target === row.name || undefined}
              onClick={() => onOpen(row.path)}
              onKeyDown={(event) => onKey(event, index)}
              onDragStart={(event) => event.dataTransfer.setData(dragType, row.name)}
              onDragOver={(event) => {
                if (!event.dataTransfer.types.includes(dragType)) return;
                event.preventDefault();
                if (target !== row.name) setTarget(row.name);
              }}
              onDragEnd={() => setTarget(null)}
              onDrop={(event) => onDrop(event, index)}
            >
              <span className={css.number}>{row.label}</span>
              <span className={css.what}>
                <span className={css.name}>
                  <MiddleEllipsis text={row.name} max={36} mono />
                  {row.duplicate && (
                    <Badge tone="warn" shape="▲">
                      {t('duplicate')}
                    </Badge>
                  )}
                </span>
                <RowFacts row={row} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function RowFacts({ row }: { row: NotebookRow }) {
  const { t } = useTranslation('notebooks');
  if (row.problem !== null) return <span className={css.problem}>{localized(row.problem)}</span>;
  const facts = [
    t('cells', { count: row.cells }),
    t(`executed.${row.executed}`),
    ...(row.runs === 0 ? [] : [t('runs', { count: row.runs })]),
  ];
  return (
    <>
      {row.title !== null && <span className={css.rowTitle}>{row.title}</span>}
      <span className={css.facts}>{facts.join(' · ')}</span>
    </>
  );
}
