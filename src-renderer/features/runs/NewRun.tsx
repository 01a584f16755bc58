import {
  Alert,
  Autocomplete,
  Button,
  Group,
  Modal,
  SegmentedControl,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunSpec, topics, useCall, useOperation } from '../../client/index.ts';
import { goTo, to } from '../../state/index.ts';
import { notify, notifyError } from '../../ui/index.ts';
import { CommandFields } from './CommandFields.tsx';
import {
  type CommandDraft,
  emptyCommand,
  emptyPipeline,
  type PipelineDraft,
  toSpec,
} from './draft.ts';
import { PipelineFields } from './PipelineFields.tsx';

/** Starts a run: a command, or the pipeline with changed params. */
export default function NewRun({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['runs', 'common']);
  const call = useCall();
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace] }).data;
  const experiments = useOperation('experiments.list', {}, { topics: [topics.runs] }).data;
  const [kind, setKind] = useState<RunSpec['kind'] | null>(null);
  const [command, setCommand] = useState<CommandDraft>(emptyCommand);
  const [pipeline, setPipeline] = useState<PipelineDraft>(emptyPipeline);
  const [experiment, setExperiment] = useState('');
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const shown = kind ?? (info?.pipeline.present ? 'pipeline' : 'command');
  const spec = shown === 'command' ? toSpec(command) : toSpec(pipeline);
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
    <Modal opened onClose={onClose} title={t('new.title')} size="lg">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
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
    </Modal>
  );
}
