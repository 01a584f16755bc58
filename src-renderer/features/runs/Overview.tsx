import { Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunDetail, topics, useCall, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { useRoute } from '../../state/index.ts';
import {
  Chip,
  EditableNote,
  Facts,
  MiddleEllipsis,
  Section,
  useFocusBack,
} from '../../ui/index.ts';
import { changedParams } from './changed-params.ts';
import { Datasets, Models } from './DataAndModels.tsx';
import { MetricTable } from './MetricTable.tsx';
import { RunTags } from './RunTags.tsx';
import css from './runs.module.css';
import { Stages } from './Stages.tsx';
import { isSystemMetric } from './system/system-charts.ts';
import { useOrigins } from './use-origins.tsx';
import { useRunFacts } from './use-run-facts.tsx';

/** What a run was, what it changed, how it went and what was thought of it. */
export function Overview({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const call = useCall();
  const route = useRoute();
  const [editing, setEditing] = useState(route.query.note === 'edit');
  const noteButton = useFocusBack(editing);
  const facts = useRunFacts(run);
  const origins = useOrigins(run);
  const isForeign = run.kind === 'imported' || run.kind === 'logged';
  const metrics = useMemo(
    () => run.metrics.filter((metric) => !isSystemMetric(metric.key)),
    [run.metrics],
  );
  return (
    <div className={css.overview}>
      <div className={css.overviewMain}>
        {run.error !== null && (
          <section className={css.failure} aria-label={t('page.failed')}>
            <h2>{t('page.failed')}</h2>
            <p>{localized(run.error)}</p>
          </section>
        )}
        <Section
          title={t('page.note')}
          actions={
            !editing && (
              <Button
                ref={noteButton}
                variant="subtle"
                color="gray"
                onClick={() => setEditing(true)}
              >
                {run.note === '' ? t('page.addNote') : t('page.editNote')}
              </Button>
            )
          }
        >
          <EditableNote
            id={run.id}
            text={run.note}
            editing={editing}
            onEditing={setEditing}
            label={t('page.note')}
            placeholder={t('page.addNote')}
            onSave={async (note, session) =>
              void (await call('runs.update', { id: run.id, note, session }))
            }
          />
        </Section>
        <Changes run={run} />
        {run.executions.length > 1 && (
          <Section title={t('page.stages')}>
            <Stages executions={run.executions} />
          </Section>
        )}
        <Section title={t('page.metrics')}>
          {metrics.length === 0 ? (
            <p className={css.dim}>{t(isForeign ? 'page.noMetricsForeign' : 'page.noMetrics')}</p>
          ) : (
            <MetricTable metrics={metrics} />
          )}
        </Section>
        <Params params={run.params} />
        <Datasets datasets={run.datasets} />
        <Models run={run} />
      </div>
      <aside className={css.overviewSide}>
        <Section title={t('page.summary')}>
          <Facts items={[...origins, ...facts]} />
        </Section>
        <RunTags tags={run.tags} />
      </aside>
    </div>
  );
}

/** Params that differ from the run before it. */
function Changes({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const previous = useOperation(
    'runs.get',
    { id: run.previousId ?? '' },
    { enabled: run.previousId !== null, topics: [topics.runs] },
  ).data;
  if (previous === undefined) return null;
  const changes = changedParams(previous.params, run.params);
  if (changes.length === 0) return null;
  return (
    <Section title={t('page.changes', { label: previous.label })}>
      <div className={css.chips}>
        {changes.map(({ key, before, after }) => (
          <Chip key={key} title={key}>
            <span className={css.soft}>{key}</span>
            <span className={css.dim}>
              <MiddleEllipsis text={before ?? '–'} max={24} mono />
            </span>
            <span aria-hidden>→</span>
            <MiddleEllipsis text={after ?? '–'} max={24} mono />
          </Chip>
        ))}
      </div>
    </Section>
  );
}

const firstParams = 60;

function Params({ params }: { params: RunDetail['params'] }) {
  const { t } = useTranslation(['runs', 'common']);
  const [text, setText] = useState('');
  const [all, setAll] = useState(false);
  const entries = useMemo(
    () => Object.entries(params).sort(([a], [b]) => a.localeCompare(b)),
    [params],
  );
  const found = entries.filter(([key]) => key.toLowerCase().includes(text.toLowerCase()));
  const shown = all ? found : found.slice(0, firstParams);
  return (
    <Section
      title={t('page.params')}
      actions={
        entries.length > 15 && (
          <TextInput
            aria-label={t('page.findParam')}
            placeholder={t('page.findParam')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )
      }
    >
      {entries.length === 0 ? (
        <p className={css.dim}>{t('page.noParams')}</p>
      ) : (
        <dl className={css.params}>
          {shown.map(([key, value]) => (
            <div key={key}>
              <dt>
                <MiddleEllipsis text={key} max={40} />
              </dt>
              <dd>
                <MiddleEllipsis text={value} max={48} mono />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {shown.length < found.length && (
        <Button variant="subtle" onClick={() => setAll(true)}>
          {t('common:showing', { shown: shown.length, total: found.length })}
          {' · '}
          {t('common:showMore')}
        </Button>
      )}
    </Section>
  );
}
