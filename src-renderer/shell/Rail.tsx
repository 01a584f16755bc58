import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goTo, to, type ViewName } from '../state/index.ts';
import { Keys } from '../ui/index.ts';
import { CairnMark } from './CairnMark.tsx';
import css from './Frame.module.css';
import { type RailItem, railItems } from './routes.tsx';

/** The narrow column of views. */
export function Rail({ enabled, current }: { enabled: boolean; current: ViewName | null }) {
  const { t } = useTranslation('shell');
  const last = railItems.length - 1;
  return (
    <nav className={css.rail} aria-label={t('rail')}>
      <div className={css.mark}>
        <CairnMark />
      </div>
      {railItems.slice(0, last).map((item, index) => (
        <RailButton key={item.view} item={item} index={index} enabled={enabled} current={current} />
      ))}
      <div className={css.railSpace} />
      {railItems.slice(last).map((item) => (
        <RailButton key={item.view} item={item} index={last} enabled current={current} />
      ))}
    </nav>
  );
}

function RailButton({
  item: { view, icon: Icon },
  index,
  enabled,
  current,
}: {
  item: RailItem;
  index: number;
  enabled: boolean;
  current: ViewName | null;
}) {
  const { t } = useTranslation('shell');
  const active = current === view || (view === 'runs' && current === 'run');
  return (
    <Tooltip
      position="right"
      openDelay={200}
      label={
        <>
          {t(`views.${view}`)} {index < 9 && <Keys keys={['mod', String(index + 1)]} />}
        </>
      }
    >
      <button
        type="button"
        className={css.railItem}
        aria-label={t(`views.${view}`)}
        aria-current={active && enabled ? 'page' : undefined}
        disabled={!enabled}
        onClick={() => goTo(to(view))}
      >
        <Icon size={20} stroke={1.6} />
      </button>
    </Tooltip>
  );
}
