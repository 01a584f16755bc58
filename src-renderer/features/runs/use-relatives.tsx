import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunDetail, type RunRow, topics, useOperation } from '../../client/index.ts';
import { filterRuns, to, useGo } from '../../state/index.ts';
import { RunLabel } from '../../ui/index.ts';
import css from './runs.module.css';

const shown = 6;

/** The run that started this one, and those that this one started; null where there are none. */
export function useRelatives(run: Pick<RunDetail, 'id' | 'parentId'>): {
  readonly parent: ReactNode;
  readonly nested: ReactNode;
} {
  const { t } = useTranslation('runs');
  const go = useGo();
  const parents = useOperation(
    'runs.list',
    { filter: `run_id = '${run.parentId}'`, limit: 1 },
    { topics: [topics.runs], enabled: run.parentId !== null },
  );
  const filter = `parent = '${run.id}'`;
  const nested = useOperation(
    'runs.list',
    { filter, orderBy: 'experiment_number, number', limit: shown },
    { topics: [topics.runs] },
  );
  const link = ({ id, label, name }: Pick<RunRow, 'id' | 'label' | 'name'>): ReactNode => (
    <button
      key={id}
      type="button"
      className={`${css.link} ${css.relative}`}
      onClick={() => go(to('run', [id]))}
    >
      <RunLabel label={label} name={name} />
    </button>
  );
  const parent = run.parentId === null ? undefined : parents.data?.rows[0];
  const { rows = [], matching = 0 } = nested.data ?? {};
  return {
    parent: parent === undefined ? null : link(parent),
    nested:
      rows.length === 0 ? null : (
        <span className={css.relatives}>
          {rows.map(link)}
          {matching > rows.length && (
            <button
              type="button"
              className={css.link}
              onClick={() => {
                filterRuns({ text: filter, experimentId: null });
                go(to('runs'));
              }}
            >
              {t('page.allNested', { count: matching })}
            </button>
          )}
        </span>
      ),
  };
}
