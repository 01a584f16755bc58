import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExperimentRow } from '../../client/index.ts';
import { useCommand } from '../../ui/index.ts';

/** Asks for the name of a new experiment. */
export function NewExperiment({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (experiment: ExperimentRow) => void;
}) {
  const { t } = useTranslation(['runs', 'common']);
  const [name, setName] = useState('');
  const create = useCommand('experiments.create');
  const submit = async (): Promise<void> => {
    const experiment = await create.run({ name: name.trim() });
    if (experiment === null) return;
    onClose();
    onCreated(experiment);
  };
  return (
    <Modal opened onClose={onClose} title={t('newExperiment')} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void submit();
        }}
      >
        <TextInput
          label={t('experimentName')}
          value={name}
          maxLength={500}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={create.busy}
            disabled={name.trim() === ''}
          >
            {t('create')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
