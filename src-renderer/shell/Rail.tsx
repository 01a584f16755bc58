import { Tooltip } from '@mantine/core';
import type { KeyboardEvent, MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, openTab, to, type ViewName } from '../state/index.ts';
import { Keys } from '../ui/index.ts';
import { CairnMark } from './CairnMark.tsx';
import css from './Frame.module.css';
import { railKeys } from './rail-keys.ts';
import { type RailItem, railItems } from './routes.tsx';

/** The narrow column of views. */
export function Rail({ enabled, current }: { enabled: boolean; current: ViewName | null }) {
  const { t } = useTranslation('shell');
  const last = railItems.length - 1;
  return (
    <nav className={css.rail} aria-label={t('rail')} onKeyDown={moveAlong} id="rail">
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
  const keys = railKeys(index, railItems.length);
  const open = (event: MouseEvent): void => {
    const mod = event.ctrlKey || event.metaKey || event.button === 1;
    if (mod) openTab({ main: to(view), beside: null }, !event.shiftKey);
    else if (event.button === 0) goTo(to(view));
  };
  const active =
    current === view ||
    (view === 'runs' && current === 'run') ||
    (view === 'compare' && current === 'diff');
  return (
    <Tooltip
      position="right"
      openDelay={200}
      label={
        <>
          {t(`views.${view}`)} {keys !== null && <Keys keys={keys} />}
        </>
      }
    >
      <button
        type="button"
        className={css.railItem}
        aria-label={t(`views.${view}`)}
        aria-current={active && enabled ? 'page' : undefined}
        disabled={!enabled}
        onClick={open}
        onAuxClick={open}
      >
        <Icon size={20} stroke={1.6} />
      </button>
    </Tooltip>
  );
}

/** The arrow keys move along the rail. */
function moveAlong(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button:enabled')];
  const at = buttons.indexOf(document.activeElement as HTMLElement);
  const last = buttons.length - 1;
  const next =
    event.key === 'ArrowDown'
      ? Math.min(last, at + 1)
      : event.key === 'ArrowUp'
        ? Math.max(0, at - 1)
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? last
            : null;
  if (next === null) return;
  event.preventDefault();
  buttons[next]?.focus();
}
