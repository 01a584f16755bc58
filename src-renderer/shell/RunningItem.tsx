import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../client/index.ts';
import { goTo, to } from '../state/index.ts';
import { Item, showRunning } from './StatusLine.tsx';

/** What is running, and the way to it. */
export function RunningItem({ count }: { count: number }) {
  const { t } = useTranslation('shell');
  const running = useOperation(
    'timeline.list',
    { kinds: ['run'], limit: 20 },
    { enabled: count > 0, topics: [topics.runs] },
  );
  if (count === 0) return <Item>{t('status.idle')}</Item>;
  const live = (running.data?.cells ?? []).flatMap((cell) =>
    cell.kind === 'run' && cell.run.status === 'RUNNING' ? [cell.run] : [],
  );
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
