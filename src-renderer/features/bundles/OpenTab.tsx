import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress } from '../../client/index.ts';
import { ErrorState, PathField, ProgressBar, useTask } from '../../ui/index.ts';
import css from './bundles.module.css';
import { Reproduce } from './Reproduce.tsx';
import { VerifyResult } from './VerifyResult.tsx';

/** A bundle of somebody's: checked first, then, if wanted, run again. */
export function OpenTab({ file, onFile }: { file: string; onFile: (file: string) => void }) {
  const { t } = useTranslation('bundles');
  const [typed, setTyped] = useState(file);
  const [progress, setProgress] = useState<Progress | null>(null);
  const { run, ...task } = useTask('bundles.verify', setProgress);
  useEffect(() => {
    // A file named by the address is checked at once: checking only reads.
    if (file === '') return;
    setTyped(file);
    void run({ path: file });
  }, [file, run]);
  const verify = (path: string): void => {
    setProgress(null);
    if (path === file) void run({ path });
    else onFile(path);
  };
  const report = task.result;
  return (
    <div className={css.scroll}>
      <div className={css.column}>
        <p className={css.lead}>{t('openLead')}</p>
        <form
          className={css.writeRow}
          onSubmit={(event) => {
            event.preventDefault();
            verify(typed.trim());
          }}
        >
          <div className={css.grow}>
            <PathField
              label={t('file')}
              kind="file"
              extensions={['zip']}
              placeholder={t('filePlaceholder')}
              value={typed}
              onChange={setTyped}
            />
          </div>
          <Button
            type="submit"
            variant="filled"
            disabled={typed.trim() === ''}
            loading={task.status === 'running'}
          >
            {t('verify')}
          </Button>
        </form>
        {task.status === 'running' && (
          <ProgressBar label={t('verifying')} report={progress} onCancel={task.stop} />
        )}
        {task.status === 'stopped' && <p className={css.dim}>{t('verifyStopped')}</p>}
        {task.error !== null && <ErrorState error={task.error} />}
        {report !== null && (
          <>
            <VerifyResult report={report} />
            <Reproduce key={report.path} report={report} />
          </>
        )}
      </div>
    </div>
  );
}
