import { Alert, Button, Checkbox, Group, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { MiddleEllipsis, Skeletons } from '../../ui/index.ts';
import type { PipelineDraft } from './draft.ts';
import css from './runs.module.css';

const watched = [topics.pipeline];
const flags = ['force', 'singleItem', 'downstream', 'keepGoing'] as const;

/** The fields of a run of the pipeline: which stages, with which params, how. */
export function PipelineFields({
  draft,
  onChange,
}: {
  draft: PipelineDraft;
  onChange: (draft: PipelineDraft) => void;
}) {
  const { t } = useTranslation('runs');
  const graph = useOperation('pipeline.graph', {}, { topics: watched });
  const problem = graph.data?.problem?.message ?? graph.error?.message ?? null;
  if (problem !== null) {
    return (
      <Alert color="red" variant="light">
        {t('new.problem', { problem: localized(problem) })}
      </Alert>
    );
  }
  if (graph.data === undefined) return <Skeletons rows={4} />;
  const stages = graph.data.stages.filter((stage) => stage.kind === 'stage');
  if (stages.length === 0) return <p className={css.dim}>{t('new.noPipeline')}</p>;
  return (
    <>
      <Group grow align="flex-start">
        <MultiSelect
          size="xs"
          label={t('new.targets')}
          description={t('new.targetsHint')}
          data={stages.map((stage) => stage.address)}
          value={[...draft.targets]}
          onChange={(targets) => onChange({ ...draft, targets })}
          searchable
          clearable
        />
        <NumberInput
          label={t('new.jobs')}
          description={t('new.jobsHint')}
          min={1}
          max={256}
          allowDecimal={false}
          value={draft.jobs}
          onChange={(value) => onChange({ ...draft, jobs: Math.max(1, Number(value) || 1) })}
        />
      </Group>
      <Params draft={draft} onChange={onChange} />
      <Group mt="sm">
        {flags.map((flag) => (
          <Checkbox
            key={flag}
            label={t(`new.${flag}`)}
            checked={draft[flag]}
            disabled={
              (flag === 'singleItem' || flag === 'downstream') && draft.targets.length === 0
            }
            onChange={(event) => onChange({ ...draft, [flag]: event.currentTarget.checked })}
          />
        ))}
      </Group>
    </>
  );
}

function Params({
  draft,
  onChange,
}: {
  draft: PipelineDraft;
  onChange: (draft: PipelineDraft) => void;
}) {
  const { t } = useTranslation('runs');
  const query = useOperation('pipeline.params', {}, { topics: watched });
  const [text, setText] = useState('');
  const params = query.data?.params ?? [];
  const changed = Object.keys(draft.params).length;
  const set = (place: string, value: string, original: string): void => {
    const { [place]: _, ...others } = draft.params;
    onChange({ ...draft, params: value === original ? others : { ...others, [place]: value } });
  };
  if (query.data === undefined) return <Skeletons rows={3} />;
  if (params.length === 0) return <p className={css.dim}>{t('new.noParams')}</p>;
  return (
    <fieldset className={css.paramFields}>
      <legend>
        {t('new.params')}
        {changed > 0 && (
          <>
            {' · '}
            {t('new.paramsChanged', { count: changed })}
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => onChange({ ...draft, params: {} })}
            >
              {t('new.reset')}
            </Button>
          </>
        )}
      </legend>
      <p className={css.hint}>{t('new.paramsHint')}</p>
      {params.length > 12 && (
        <TextInput
          aria-label={t('page.findParam')}
          placeholder={t('page.findParam')}
          value={text}
          mb={4}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={css.paramGrid}>
        {params
          .filter((param) => param.key.toLowerCase().includes(text.toLowerCase()))
          .map((param) => {
            const place = `${param.file}:${param.key}`;
            const value = draft.params[place] ?? param.value;
            return (
              <div key={place} className={css.paramField}>
                <label htmlFor={place}>
                  <MiddleEllipsis text={param.key} max={23} />
                </label>
                <TextInput
                  id={place}
                  title={param.file}
                  value={value}
                  spellCheck={false}
                  classNames={{ input: css.codeInput ?? '' }}
                  data-changed={place in draft.params || undefined}
                  onChange={(event) => set(place, event.currentTarget.value, param.value)}
                />
              </div>
            );
          })}
      </div>
    </fieldset>
  );
}
