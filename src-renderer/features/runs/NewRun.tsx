import {
  Alert,
  Autocomplete,
  Button,
  Group,
  SegmentedControl,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunSpec, topics, useCall, useOperation } from '../../client/index.ts';
import { goTo, to } from '../../state/index.ts';
import { Dialog, ErrorState, notify, notifyError, Skeletons } from '../../ui/index.ts';
import { CommandFields } from './CommandFields.tsx';
import {
  type CommandDraft,
  type Draft,
  emptyCommand,
  emptyPipeline,
  type NotebookDraft,
  type PipelineDraft,
  toDraft,
  toSpec,
} from './draft.ts';
import { NotebookFields } from './NotebookFields.tsx';
import { PipelineFields } from './PipelineFields.tsx';

/** Starts a run: a command, the pipeline with changed params, or a notebook again with others. */
export default function NewRun({ from, onClose }: { from: string | null; onClose: () => void }) {
  const { t } = useTranslation('runs');
  const run = useOperation('runs.get', { id: from ?? '' }, { enabled: from !== null });
  const asked = useOperation('runs.spec', { id: from ?? '' }, { enabled: from !== null });
  const error = run.error ?? asked.error;
  if (from === null) return <RunForm start={null} onClose={onClose} />;
  if (run.data !== undefined && asked.data !== undefined) {
    const { experimentName, name, label } = run.data;
    const draft = toDraft(asked.data.spec);
    return <RunForm start={{ draft, experimentName, name, label }} onClose={onClose} />;
  }
  return (
    // Another one with an error: that takes the keyboard as any dialog does.
    <Dialog
      key={error?.code}
      waiting={error === null}
      onClose={onClose}
      title={t('new.title')}
      size="lg"
    >
      {error === null ? <Skeletons rows={5} /> : <ErrorState error={error} />}
    </Dialog>
  );
}

/** What a form starts out as: another run. */
interface Start {
  readonly draft: Draft;
  readonly experimentName: string;
  readonly name: string;
  readonly label: string;
}

function RunForm({ start: as, onClose }: { start: Start | null; onClose: () => void }) {
  const { t } = useTranslation(['runs', 'common']);
  const draft = as?.draft ?? null;
  const title = as === null ? t('new.title') : t('new.again', { label: as.label });
  const call = useCall();
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace] }).data;
  const experiments = useOperation('experiments.list', {}, { topics: [topics.runs] }).data;
  const [kind, setKind] = useState<RunSpec['kind'] | null>(draft?.kind ?? null);
  const [command, setCommand] = useState<CommandDraft>(
    draft?.kind === 'command' ? draft : emptyCommand,
  );
  const [pipeline, setPipeline] = useState<PipelineDraft>(
    draft?.kind === 'pipeline' ? draft : emptyPipeline,
  );
  const [notebook, setNotebook] = useState<NotebookDraft | null>(
    draft?.kind === 'notebook' ? draft : null,
  );
  const [experiment, setExperiment] = useState(as?.experimentName ?? '');
  const [name, setName] = useState(as?.name ?? '');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const shown = kind ?? (info?.pipeline.present ? 'pipeline' : 'command');
  const spec = toSpec(notebook ?? (shown === 'command' ? command : pipeline));
  const trusted = info?.trusted ?? false;

  const start = async (): Promise<void> => {
    if (spec === null) return;
    setBusy(true);
    try {
      if (!trusted) await call('workspace.setTrust', { trusted: true });
      const { id, label } = await call('runs.start', {
        spec,
        experiment: experiment.trim() === '' ? null : experiment.trim(),
        name: name.trim() === '' ? null : name.trim(),
        note,
      });
      onClose();
      notify(t('common:toast.started', { label }));
      goTo(to('run', [id], { tab: 'log' }));
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog onClose={onClose} title={title} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
        // From the note as well, where Enter begins a line.
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.requestSubmit();
        }}
      >
        {notebook !== null ? (
          <NotebookFields draft={notebook} onChange={setNotebook} />
        ) : (
          <>
            <SegmentedControl
              fullWidth
              mb="md"
              aria-label={t('new.title')}
              value={shown}
              onChange={(value) => setKind(value === 'command' ? 'command' : 'pipeline')}
              data={[
                { value: 'command', label: t('new.command') },
                { value: 'pipeline', label: t('new.pipeline') },
              ]}
            />
            {shown === 'command' ? (
              <CommandFields draft={command} onChange={setCommand} />
            ) : (
              <PipelineFields draft={pipeline} onChange={setPipeline} />
            )}
          </>
        )}
        <Group grow mt="md" align="flex-start">
          <Autocomplete
            size="xs"
            label={t('new.experiment')}
            description={t('new.experimentHint')}
            value={experiment}
            onChange={setExperiment}
            data={[...new Set((experiments?.experiments ?? []).map((one) => one.name))]}
            comboboxProps={{ withinPortal: true }}
          />
          <TextInput
            label={t('new.name')}
            description={t('new.nameHint')}
            value={name}
            maxLength={500}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Group>
        <Textarea
          label={t('new.note')}
          mt="sm"
          autosize
          minRows={1}
          maxRows={8}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {info !== undefined && !trusted && (
          <Alert mt="md" color="yellow" variant="light">
            {t('new.untrusted')}
          </Alert>
        )}
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={busy}
            disabled={spec === null}
            data-autofocus={shown === 'pipeline' || undefined}
          >
            {trusted ? t('new.start') : t('new.trustAndStart')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
