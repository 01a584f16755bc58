import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Block } from '../../client/index.ts';
import { cellOf, columnsOf } from '../../client/index.ts';
import { filterRuns, to, useGo } from '../../state/index.ts';
import { NumberText, RunLabel, Skeletons, StatusBadge } from '../../ui/index.ts';
import css from './note-blocks.module.css';
import { Refusal } from './Problem.tsx';
import { useBlockRuns } from './use-block-runs.ts';

/** A small table of the runs that a filter finds. */
export function TableBlock(block: Extract<Block, { kind: 'table' }>) {
  const { t } = useTranslation('noteBlocks');
  const go = useGo();
  const { data, error } = useBlockRuns(block);
  if (data === undefined) {
    const source = [block.filter, block.orderBy].filter(Boolean).join(' · ');
    return error === null ? <Skeletons rows={3} /> : <Refusal error={error} source={source} />;
  }
  const columns = columnsOf(data.rows, block.columns);
  return (
    <>
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th>{t('run')}</th>
              <th>{t('status')}</th>
              {columns.map((column) => (
                <th key={`${column.kind} ${column.key}`} className={css.number} title={column.key}>
                  {column.key}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((run) => (
              <tr key={run.id}>
                <td>
                  <button
                    type="button"
                    className={css.open}
                    onClick={() => go(to('run', [run.id]))}
                  >
                    <RunLabel label={run.label} name={run.name} />
                  </button>
                </td>
                <td>
                  <StatusBadge status={run.status} />
                </td>
                {columns.map((column) => {
                  const value = cellOf(run, column);
                  return (
                    <td key={`${column.kind} ${column.key}`} className={css.number}>
                      {typeof value === 'number' ? <NumberText value={value} /> : (value ?? '–')}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={css.foot}>
        {data.matching === 0
          ? t('noRuns')
          : t('runsOf', { shown: data.rows.length, count: data.matching })}
        <Button
          variant="subtle"
          onClick={() => {
            filterRuns({ text: block.filter, experimentId: null });
            go(to('runs'));
          }}
        >
          {t('openRuns')}
        </Button>
      </div>
    </>
  );
}
