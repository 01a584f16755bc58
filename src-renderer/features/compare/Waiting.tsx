import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Progress } from '../../client/index.ts';
import { EmptyState, ProgressBar, Skeletons } from '../../ui/index.ts';
import css from './compare.module.css';

/** The shape of what is to come; after a second how far it is, after two a way to stop it. */
export function Waiting({
  label,
  item,
  stopped,
  onStop,
  onResume,
}: {
  readonly label: string;
  readonly item: Progress | null;
  readonly stopped: boolean;
  readonly onStop: () => void;
  readonly onResume: () => void;
}) {
  const { t } = useTranslation('compare');
  const seconds = useSeconds(!stopped);
  if (stopped) {
    return (
      <EmptyState
        title={t('stopped')}
        actions={<Button onClick={onResume}>{t('resume')}</Button>}
      />
    );
  }
  return (
    <div className={css.waiting}>
      {seconds >= 1 && (
        <ProgressBar label={label} report={item} onCancel={seconds >= 2 ? onStop : undefined} />
      )}
      <Skeletons rows={8} />
    </div>
  );
}

/** Whole seconds for which the component has been waiting, up to two. */
function useSeconds(running: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!running) return;
    setSeconds(0);
    const timers = [1, 2].map((at) => setTimeout(() => setSeconds(at), at * 1000));
    return () => timers.forEach(clearTimeout);
  }, [running]);
  return seconds;
}
