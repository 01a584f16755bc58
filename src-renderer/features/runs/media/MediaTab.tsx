import { Button, MultiSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, type RunDetail, topics, useOperation } from '../../../client/index.ts';
import { to, useGo, useRoute } from '../../../state/index.ts';
import { EmptyState, QueryView } from '../../../ui/index.ts';
import { MediaStrip } from './MediaStrip.tsx';
import css from './media.module.css';

type Series = Output<'media.list'>['series'];

/** Runs beside this one; more would be too small to be seen. */
const mostBeside = 4;
/** Keys shown at first, and with each step more. */
const shownKeys = 12;

/** What a run logged to look at over steps, beside that of other runs. */
export function MediaTab({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation('media');
  const route = useRoute();
  const go = useGo();
  const [text, setText] = useState('');
  const [shown, setShown] = useState(shownKeys);
  const beside = useMemo(
    () => (route.query.beside ?? '').split(',').filter((id) => /^[0-9a-f]{32}$/.test(id)),
    [route.query.beside],
  );
  const runs = useOperation(
    'runs.list',
    { experimentId: run.experimentId, limit: 500 },
    { topics: [topics.runs] },
  ).data;
  const ids = [run.id, ...beside];
  const query = useOperation(
    'media.list',
    { ids },
    { topics: [topics.sources, topics.runs, `run:${run.id}`], keepPrevious: true },
  );
  const labels = new Map((runs?.rows ?? []).map((row) => [row.id, `${row.label} ${row.name}`]));
  labels.set(run.id, `${run.label} ${run.name}`);
  const others = (runs?.rows ?? []).filter((row) => row.id !== run.id);
  return (
    <QueryView query={query}>
      {({ series }) => {
        const own = series.filter((one) => one.runId === run.id);
        if (own.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>;
        const keys = own.filter(({ key }) => key.toLowerCase().includes(text.toLowerCase()));
        return (
          <div className={css.media}>
            <div className={css.tools}>
              {own.length > 3 && (
                <TextInput
                  data-filter
                  aria-label={t('find')}
                  placeholder={t('find')}
                  value={text}
                  onChange={(event) => setText(event.currentTarget.value)}
                />
              )}
              {others.length > 0 && (
                <MultiSelect
                  className={css.picker}
                  aria-label={t('beside')}
                  placeholder={beside.length === 0 ? t('beside') : ''}
                  searchable
                  selectFirstOptionOnChange
                  clearable
                  maxValues={mostBeside}
                  value={beside.filter((id) => labels.has(id))}
                  data={others.map((row) => ({
                    value: row.id,
                    label: labels.get(row.id) ?? row.label,
                  }))}
                  onChange={(chosen) =>
                    go(to('run', route.parts, { ...route.query, beside: chosen.join(',') }), true)
                  }
                />
              )}
            </div>
            <div className={css.strips} data-alone={ids.length === 1 || undefined}>
              {keys.slice(0, shown).map(({ key }) => (
                <MediaStrip
                  key={key}
                  name={key}
                  runs={ids.map((id) => ({
                    id,
                    label: labels.get(id) ?? id.slice(0, 8),
                    steps: stepsOf(series, id, key),
                  }))}
                />
              ))}
            </div>
            {keys.length === 0 && <p className={css.dim}>{t('unmatched')}</p>}
            {keys.length > shown && (
              <div>
                <Button onClick={() => setShown(shown + shownKeys)}>
                  {t('more', { count: Math.min(shownKeys, keys.length - shown) })}
                </Button>
              </div>
            )}
          </div>
        );
      }}
    </QueryView>
  );
}

function stepsOf(series: Series, runId: string, key: string): readonly number[] {
  return series.find((one) => one.runId === runId && one.key === key)?.steps ?? [];
}
