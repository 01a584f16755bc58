import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, topics, useCall, useOperation } from '../../client/index.ts';
import { goTo, to } from '../../state/index.ts';
import { Dialog, notify, notifyError } from '../../ui/index.ts';
import css from './notebooks.module.css';

/** Asks for the parameters that the notebook declares, and starts it. */
export function RunDialog({
  notebook: { path, parameters },
  onClose,
}: {
  notebook: Output<'notebooks.get'>;
  onClose: () => void;
}) {
  const { t } = useTranslation(['notebooks', 'common']);
  const call = useCall();
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace] }).data;
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [experiment, setExperiment] = useState('');
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    try {
      if (info?.trusted !== true) await call('workspace.setTrust', { trusted: true });
      // What was left as it is, is left to the notebook.
      const params = Object.entries(values)
        .filter(([name, value]) => value !== parameters.find((one) => one.name === name)?.value)
        .map(([name, value]) => `${name}=${unquoted(value)}`);
      const spec = { kind: 'notebook' as const, path, params };
      const { id, label } = await call('runs.start', {
        spec,
        experiment: experiment.trim() === '' ? null : experiment.trim(),
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
    <Dialog onClose={onClose} title={t('runTitle', { name: path.split('/').pop() ?? path })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <h3>{t('parameters')}</h3>
        {parameters.length === 0 && <p className={css.dim}>{t('noParameters')}</p>}
        {parameters.map(({ name, value, comment }) => (
          <TextInput
            key={name}
            label={name}
            description={comment}
            value={values[name] ?? value}
            onChange={(event) => {
              const typed = event.currentTarget.value;
              setValues((before) => ({ ...before, [name]: typed }));
            }}
          />
        ))}
        <TextInput
          mt="md"
          label={t('experiment')}
          value={experiment}
          onChange={(event) => setExperiment(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="filled" loading={busy} data-autofocus>
            {t('run')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** A string as the cell writes it, without its quotes. */
function unquoted(value: string): string {
  return /^'[^'\\]*'$|^"[^"\\]*"$/.test(value) ? value.slice(1, -1) : value;
}
