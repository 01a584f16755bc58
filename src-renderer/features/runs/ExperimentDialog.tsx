import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExperimentRow } from '../../client/index.ts';
import { Dialog, useCommand } from '../../ui/index.ts';

/** Asks for the name of a new experiment, or another name for one that is there. */
export function ExperimentDialog({
  experiment = null,
  onClose,
  onCreated,
}: {
  /** The one to rename; null for a new one. */
  experiment?: ExperimentRow | null;
  onClose: () => void;
  onCreated?: (experiment: ExperimentRow) => void;
}) {
  const { t } = useTranslation(['runs', 'common']);
  const [typed, setTyped] = useState(experiment?.name ?? '');
  const create = useCommand('experiments.create');
  const update = useCommand('experiments.update');
  const name = typed.trim();
  const submit = async (): Promise<void> => {
    if (experiment !== null) {
      if ((await update.run({ id: experiment.id, name })) !== null) onClose();
      return;
    }
    const created = await create.run({ name });
    if (created === null) return;
    onClose();
    onCreated?.(created);
  };
  return (
    <Dialog
      onClose={onClose}
      title={experiment === null ? t('newExperiment') : t('experiments.rename')}
      size="sm"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== '') void submit();
        }}
      >
        <TextInput
          label={t('experimentName')}
          value={typed}
          maxLength={500}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={create.busy || update.busy}
            disabled={name === ''}
          >
            {experiment === null ? t('create') : t('common:save')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
