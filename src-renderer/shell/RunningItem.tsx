import { useTranslation } from 'react-i18next';
import { goTo, to } from '../state/index.ts';
import { useRunning } from './notices/use-running.ts';
import { Item, showRunning } from './StatusLine.tsx';

/** What is running, and the way to it. */
export function RunningItem({ count }: { count: number }) {
  const { t } = useTranslation('shell');
  const running = useRunning(count);
  if (count === 0) return <Item>{t('status.idle')}</Item>;
  const live = (running ?? []).map((cell) => cell.run);
  const only = count === 1 ? live[0] : undefined;
  return (
    <Item
      tone="active"
      onClick={() =>
        only === undefined ? showRunning() : goTo(to('run', [only.id], { tab: 'log' }))
      }
    >
      ◐ {t('status.running', { count })}
      {live.length > 0 && (
        <span>
          {live
            .slice(0, 3)
            .map((run) => run.label)
            .join(', ')}
        </span>
      )}
    </Item>
  );
}
