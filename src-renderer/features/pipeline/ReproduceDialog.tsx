import {
  Button,
  Collapse,
  Group,
  NumberInput,
  SegmentedControl,
  Switch,
  TextInput,
} from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { Dialog, MiddleEllipsis, notify, QueryView, useCommand } from '../../ui/index.ts';
import { paramId, setParamsOf } from './params.ts';
import css from './pipeline.module.css';

type Scope = 'all' | 'stage' | 'single' | 'downstream';

/** What to run, with which params, and how: then the same as `cairn repro` in a terminal. */
export function ReproduceDialog({
  stage,
  onClose,
}: {
  /** The stage to offer, or null for the whole pipeline. */
  readonly stage: string | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('pipeline');
  const { t: common } = useTranslation();
  const params = useOperation(
    'pipeline.params',
    {},
    { topics: [topics.pipeline, topics.workspace] },
  );
  const start = useCommand('runs.start');
  const [scope, setScope] = useState<Scope>(stage === null ? 'all' : 'stage');
  const [edited, setEdited] = useState<ReadonlyMap<string, string>>(new Map());
  const [name, setName] = useState('');
  const [jobs, setJobs] = useState(1);
  const [force, setForce] = useState(false);
  const [keepGoing, setKeepGoing] = useState(false);
  const [more, setMore] = useState(false);
  const [search, setSearch] = useState('');
  const setParams = setParamsOf(params.data?.params ?? [], edited);

  const run = async (): Promise<void> => {
    const started = await start.run({
      spec: {
        kind: 'pipeline',
        targets: scope === 'all' || stage === null ? [] : [stage],
        jobs,
        setParams,
        force,
        singleItem: scope === 'single',
        downstream: scope === 'downstream',
        keepGoing,
      },
      name: name.trim() === '' ? null : name.trim(),
    });
    if (started === null) return;
    notify(common('toast.started', { label: started.label }));
    onClose();
  };

  return (
    <Dialog
      onClose={onClose}
      title={stage === null ? t('reproduce') : t('reproduceOne', { stage })}
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {stage !== null && (
          <SegmentedControl
            aria-label={t('scope')}
            fullWidth
            value={scope}
            onChange={(value) => setScope(value as Scope)}
            data={[
              { value: 'stage', label: t('scopeStage') },
              { value: 'single', label: t('scopeSingle') },
              { value: 'downstream', label: t('scopeDownstream') },
              { value: 'all', label: t('scopeAll') },
            ]}
          />
        )}
        <p className={css.dim}>{t(`scopeHint.${scope}`)}</p>
        <TextInput
          label={t('name')}
          placeholder={t('nameHint')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <fieldset className={css.fieldset}>
          <legend className={css.legend}>
            {t('params')}
            {setParams.length > 0 && (
              <span className={css.changed}>{t('changedParams', { count: setParams.length })}</span>
            )}
          </legend>
          <QueryView query={params}>
            {(data) =>
              data.params.length === 0 ? (
                <p className={css.dim}>{t('noParams')}</p>
              ) : (
                <>
                  {data.params.length > 12 && (
                    <TextInput
                      aria-label={common('filter')}
                      placeholder={common('filter')}
                      value={search}
                      onChange={(event) => setSearch(event.currentTarget.value)}
                    />
                  )}
                  <div className={css.paramList}>
                    {data.params
                      .filter((param) =>
                        paramId(param).toLowerCase().includes(search.toLowerCase()),
                      )
                      .map((param) => (
                        <ParamInput
                          key={paramId(param)}
                          name={param.key}
                          file={param.file}
                          original={param.value}
                          value={edited.get(paramId(param)) ?? param.value}
                          onChange={(value) =>
                            setEdited(new Map(edited).set(paramId(param), value))
                          }
                        />
                      ))}
                  </div>
                </>
              )
            }
          </QueryView>
          <p className={css.dim}>{t('paramsHint')}</p>
        </fieldset>
        <Button
          variant="subtle"
          className={css.more}
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          {t('options')}
        </Button>
        <Collapse expanded={more}>
          <div className={css.options}>
            <NumberInput
              label={t('jobs')}
              min={1}
              max={256}
              value={jobs}
              onChange={(value) => setJobs(typeof value === 'number' && value >= 1 ? value : 1)}
            />
            <Switch
              label={t('force')}
              checked={force}
              onChange={(event) => setForce(event.currentTarget.checked)}
            />
            <Switch
              label={t('keepGoing')}
              checked={keepGoing}
              onChange={(event) => setKeepGoing(event.currentTarget.checked)}
            />
          </div>
        </Collapse>
        <Group justify="flex-end">
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="filled" loading={start.busy}>
            {t('start')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

function ParamInput({
  name,
  file,
  original,
  value,
  onChange,
}: {
  name: string;
  file: string;
  original: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation('pipeline');
  const id = useId();
  const changed = value.trim() !== original;
  return (
    <div className={css.param} title={file}>
      <label className={css.paramName} htmlFor={id}>
        <MiddleEllipsis text={name} max={28} />
      </label>
      <TextInput
        id={id}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        spellCheck={false}
        classNames={{ input: css.paramInput ?? '' }}
        data-changed={changed || undefined}
      />
      <span className={css.was}>{changed ? t('was', { value: original }) : ''}</span>
    </div>
  );
}
