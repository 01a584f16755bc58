import { ActionIcon, Button } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunRow } from '../../client/index.ts';
import { goTo, to } from '../../state/index.ts';
import { RelativeTime, RunLabel, StatusBadge, useRunActions } from '../../ui/index.ts';
import css from './notebooks.module.css';

const folded = 5;

/** The runs of a notebook, the newest first, each to look at or to start again. */
export function ItsRuns({ runs }: { runs: readonly RunRow[] }) {
  const { t } = useTranslation(['notebooks', 'common']);
  const [open, setOpen] = useState(false);
  const actions = useRunActions();
  return (
    <section className={css.runs} aria-label={t('itsRuns')}>
      <h3>{t('itsRuns')}</h3>
      {runs.length === 0 && <p className={css.dim}>{t('noRuns')}</p>}
      <ul>
        {(open ? runs : runs.slice(0, folded)).map((run) => (
          <li key={run.id}>
            <button type="button" onClick={() => goTo(to('run', [run.label]))}>
              <RunLabel label={run.label} name={run.name} />
              <StatusBadge status={run.status} />
              <span className={css.given}>{paramsOf(run)}</span>
              <RelativeTime at={run.startedAt ?? run.createdAt} />
            </button>
            {run.kind === 'notebook' && (
              <ActionIcon
                aria-label={`${t('common:actions.runAgain')} ${run.label}`}
                title={t('common:actions.runAgain')}
                onClick={() => actions.again(run)}
              >
                <IconReload size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {runs.length > folded && (
        <Button size="compact-xs" onClick={() => setOpen(!open)}>
          {open ? t('less') : t('allRuns', { count: runs.length })}
        </Button>
      )}
    </section>
  );
}

function paramsOf({ params }: RunRow): string {
  const shown = Object.entries(params).slice(0, 6);
  return shown.map(([key, value]) => `${key}=${value.slice(0, 60)}`).join('  ');
}
