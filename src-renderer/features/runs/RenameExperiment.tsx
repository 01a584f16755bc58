import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExperimentRow } from '../../client/index.ts';
import { useCommand } from '../../ui/index.ts';

/** Gives an experiment another name. */
export function RenameExperiment({
  experiment,
  onClose,
}: {
  experiment: ExperimentRow;
  onClose: () => void;
}) {
  const { t } = useTranslation(['runs', 'common']);
  const [name, setName] = useState(experiment.name);
  const update = useCommand('experiments.update');
  const submit = async (): Promise<void> => {
    if ((await update.run({ id: experiment.id, name: name.trim() })) !== null) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('experiments.rename')} size="sm">
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
            loading={update.busy}
            disabled={name.trim() === ''}
          >
            {t('common:save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
