import { Button, Group, Radio, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunRow } from '../../client/index.ts';
import { Dialog } from '../../ui/index.ts';
import css from './runs.module.css';
import { useBulk } from './use-bulk.ts';

/** Which of the runs that are ticked is kept; the others, which are the same run, join it. */
export function MergeDialog({ runs, onClose }: { runs: readonly RunRow[]; onClose: () => void }) {
  const { t } = useTranslation(['runs', 'common']);
  const [into, setInto] = useState(() => best(runs)?.id ?? '');
  const [busy, setBusy] = useState(false);
  const bulk = useBulk();
  const submit = async (): Promise<void> => {
    setBusy(true);
    const others = runs.filter((run) => run.id !== into).map((run) => run.id);
    const done = await bulk.merge(into, others);
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog onClose={onClose} title={t('bulk.mergeTitle', { count: runs.length })} size="md">
      <Text mb="md">{t('bulk.mergeBody')}</Text>
      <Radio.Group label={t('bulk.keep')} value={into} onChange={setInto}>
        <div className={css.mergeList}>
          {runs.map((run) => (
            <Radio
              key={run.id}
              value={run.id}
              label={`${run.label}  ${run.name}`}
              description={t('bulk.has', {
                experiment: run.experimentName,
                params: Object.keys(run.params).length,
                metrics: run.metrics.length,
              })}
            />
          ))}
        </div>
      </Radio.Group>
      <Group justify="flex-end" mt="md">
        <Button onClick={onClose}>{t('common:cancel')}</Button>
        <Button
          variant="filled"
          loading={busy}
          disabled={into === ''}
          onClick={() => void submit()}
        >
          {t('bulk.merge')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** A run that was started here is no copy; otherwise the one that knows most. */
function best(runs: readonly RunRow[]): RunRow | undefined {
  const knows = (run: RunRow) => Object.keys(run.params).length + run.metrics.length;
  return (
    runs.find((run) => run.kind !== 'imported') ?? [...runs].sort((a, b) => knows(b) - knows(a))[0]
  );
}
