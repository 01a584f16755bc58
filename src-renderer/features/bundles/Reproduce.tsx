import { Button, NumberInput } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress, VerifyReport } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { confirm, ErrorState, PathField, ProgressBar, Section, useTask } from '../../ui/index.ts';
import css from './bundles.module.css';
import { LogTail } from './LogTail.tsx';
import { appendLog } from './log-tail.ts';
import { ReproduceResult } from './ReproduceResult.tsx';

/** Unpacks the bundle elsewhere, runs it, and says of each output what came of it. */
export function Reproduce({ report }: { report: VerifyReport }) {
  const { t } = useTranslation('bundles');
  const [into, setInto] = useState('');
  const [tolerance, setTolerance] = useState(1e-6);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [log, setLog] = useState('');
  const task = useTask('bundles.reproduce', (item) => {
    if ('log' in item) setLog((before) => appendLog(before, item.log));
    else setProgress(item);
  });
  const start = async (): Promise<void> => {
    const agreed = await confirm({
      title: t('runTitle'),
      body: t('runText', { command: report.run?.command ?? '' }),
      action: t('reproduce'),
    });
    if (!agreed) return;
    setLog('');
    setProgress(null);
    await task.run({
      path: report.path,
      into: into.trim() === '' ? null : into.trim(),
      tolerance,
    });
  };
  const running = task.status === 'running';
  return (
    <Section title={t('reproduceTitle')}>
      <p className={css.lead}>{t('reproduceLead')}</p>
      <form
        className={css.writeRow}
        onSubmit={(event) => {
          event.preventDefault();
          void start();
        }}
      >
        <div className={css.grow}>
          <PathField
            label={t('into')}
            kind="folder"
            placeholder={t('intoPlaceholder')}
            value={into}
            onChange={setInto}
          />
        </div>
        <NumberInput
          label={t('tolerance')}
          className={css.tolerance}
          value={tolerance}
          min={0}
          step={1e-6}
          decimalScale={15}
          onChange={(value) => setTolerance(typeof value === 'number' ? value : 0)}
        />
        <Button
          type="submit"
          leftSection={<IconPlayerPlay size={14} />}
          disabled={!report.ok}
          loading={running}
        >
          {t('reproduce')}
        </Button>
      </form>
      {!report.ok && <p className={css.dim}>{t('notBroken')}</p>}
      {running && (
        <ProgressBar
          label={progress === null ? t('starting') : localized(progress.phase)}
          report={progress}
          onCancel={task.stop}
        />
      )}
      {task.status === 'stopped' && <p className={css.dim}>{t('reproduceStopped')}</p>}
      {task.error !== null && <ErrorState error={task.error} />}
      {task.result !== null && <ReproduceResult report={task.result} />}
      {log !== '' && <LogTail text={log} live={running} />}
    </Section>
  );
}
