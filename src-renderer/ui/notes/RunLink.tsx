import { HoverCard } from '@mantine/core';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { formatRoute, to, useGo } from '../../state/index.ts';
import { RunLabel, StatusBadge } from '../badges.tsx';
import { NumberText, RelativeTime } from '../values.tsx';
import css from './notes.module.css';

const shownMetrics = 4;

/** A link to a run, with what it is when one points at it or comes to it by the keyboard. */
export function RunLink({ reference, children }: { reference: string; children: ReactNode }) {
  const go = useGo();
  const [open, setOpen] = useState(false);
  const route = to('run', [reference]);
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    go(route);
  };
  return (
    <HoverCard
      openDelay={250}
      closeDelay={100}
      position="bottom-start"
      shadow="sm"
      onOpen={() => setOpen(true)}
    >
      <HoverCard.Target>
        <a href={`#${formatRoute(route)}`} className={css.runLink} onClick={follow}>
          {children}
        </a>
      </HoverCard.Target>
      <HoverCard.Dropdown className={css.card}>
        {open && <RunCard reference={reference} />}
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

function RunCard({ reference }: { reference: string }) {
  const { t } = useTranslation();
  const found = useOperation('runs.resolve', { reference }, { topics: [topics.runs] });
  const id = found.data?.id ?? '';
  const query = useOperation('runs.get', { id }, { enabled: id !== '', topics: [topics.runs] });
  const run = query.data;
  if (found.error !== null) return <>{t('note.noRun', { reference })}</>;
  if (run === undefined) return <>{t('note.reading')}</>;
  return (
    <>
      <div className={css.cardHead}>
        <RunLabel label={run.label} name={run.name} />
        <StatusBadge status={run.status} />
      </div>
      <div className={css.cardDim}>
        <RelativeTime at={run.startedAt ?? run.createdAt} />
      </div>
      {run.metrics.slice(0, shownMetrics).map((metric) => (
        <div key={metric.key} className={css.cardRow}>
          <span>{metric.key}</span>
          <NumberText value={metric.last ?? Number.NaN} />
        </div>
      ))}
    </>
  );
}
