import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunDetail, topics, useCall, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { goTo, to } from '../../state/index.ts';
import {
  CodeText,
  EditableNote,
  Facts,
  LiveDuration,
  MiddleEllipsis,
  NumberText,
  QueryView,
  RelativeTime,
  RunLabel,
  RunStatusBadge,
  Section,
  Size,
  StageBadge,
  useFocusBack,
  useSilence,
} from '../../ui/index.ts';
import { changedParams } from './changed-params.ts';
import css from './runs.module.css';
import { isSystemMetric } from './system/system-charts.ts';

const shownKeys = 30;
const shownFiles = 12;
/** What fits into half of the inspector. */
const nameLength = 20;

/** The selected run at a glance. */
export default function RunInspector({ id }: { id: string }) {
  const query = useOperation('runs.get', { id }, { topics: [topics.runs], keepPrevious: true });
  return <QueryView query={query}>{(run) => <Glance key={run.id} run={run} />}</QueryView>;
}

function Glance({ run }: { run: RunDetail }) {
  const { t } = useTranslation(['runs', 'common']);
  const call = useCall();
  const silentSince = useSilence(run);
  const [editing, setEditing] = useState(false);
  const noteButton = useFocusBack(editing);
  const previous = useOperation(
    'runs.get',
    { id: run.previousId ?? '' },
    { enabled: run.previousId !== null, topics: [topics.runs] },
  ).data;
  const changed = new Set(
    previous === undefined
      ? []
      : changedParams(previous.params, run.params).map((change) => change.key),
  );
  // What changed comes first: it is what one looks for.
  const params = Object.entries(run.params).sort(
    ([a], [b]) => Number(changed.has(b)) - Number(changed.has(a)) || a.localeCompare(b),
  );
  // How busy the machine was has a page of its own.
  const metrics = run.metrics.filter(({ key }) => !isSystemMetric(key));
  return (
    <div className={css.glance}>
      <h2 className={css.glanceTitle}>
        <RunLabel label={run.label} name={run.name} />
      </h2>
      <Facts
        items={[
          [t('common:status'), <RunStatusBadge key="s" run={run} />],
          ...(silentSince === null
            ? []
            : [[t('common:silent.label'), <RelativeTime key="l" at={silentSince} />] as const]),
          [t('page.started'), <RelativeTime key="a" at={run.startedAt ?? run.createdAt} />],
          [t('page.duration'), <LiveDuration key="d" from={run.startedAt} to={run.endedAt} />],
          ...(run.command === ''
            ? []
            : [[t('page.command'), <CodeText key="c" text={run.command} below />] as const]),
        ]}
      />
      {run.error !== null && <p className={css.glanceError}>{localized(run.error)}</p>}
      <div className={css.buttons}>
        <Button onClick={() => goTo(to('run', [run.id]))}>{t('inspector.open')}</Button>
        <Button onClick={() => goTo(to('run', [run.id], { tab: 'log' }))}>
          {t('page.tabs.log')}
        </Button>
        {!editing && (
          <Button ref={noteButton} variant="subtle" color="gray" onClick={() => setEditing(true)}>
            {run.note === '' ? t('page.addNote') : t('page.editNote')}
          </Button>
        )}
      </div>
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
      {metrics.length > 0 && (
        <Section title={t('inspector.metrics')}>
          <Facts
            nameLength={nameLength}
            items={metrics
              .slice(0, shownKeys)
              .map((metric) => [
                metric.key,
                <NumberText key="v" value={metric.last ?? Number.NaN} />,
              ])}
          />
          <More count={metrics.length - shownKeys} />
        </Section>
      )}
      {params.length > 0 && (
        <Section title={t('inspector.params')}>
          <Facts
            nameLength={nameLength}
            items={params
              .slice(0, shownKeys)
              .map(([key, value]) => [
                changed.has(key) ? `${key} •` : key,
                <MiddleEllipsis key="v" text={value} max={32} mono />,
              ])}
          />
          <More count={params.length - shownKeys} />
        </Section>
      )}
      {run.executions.length > 1 && (
        <Section title={t('page.stages')}>
          <Facts
            items={run.executions.map((one) => [
              one.stage,
              <StageBadge key="b" state={one.state} />,
            ])}
          />
        </Section>
      )}
      <Files run={run} />
    </div>
  );
}

function Files({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const parts = [
    [t('files.inputs'), run.files.filter((file) => file.role === 'dep')],
    [t('files.outputs'), run.files.filter((file) => file.role !== 'dep')],
  ] as const;
  return parts.map(
    ([title, files]) =>
      files.length > 0 && (
        <Section key={title} title={title}>
          <ul className={css.paths}>
            {files.slice(0, shownFiles).map((file) => (
              <li key={`${file.stage} ${file.path}`}>
                <MiddleEllipsis text={file.path} max={32} mono /> <Size bytes={file.size} />
              </li>
            ))}
          </ul>
          <More count={files.length - shownFiles} />
        </Section>
      ),
  );
}

function More({ count }: { count: number }) {
  const { t } = useTranslation('runs');
  return count > 0 ? <p className={css.dim}>{t('inspector.more', { count })}</p> : null;
}
