import { ActionIcon } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  closeTab,
  moveTab,
  openTab,
  showNeighbour,
  showTab,
  stepOf,
  type Tab,
  useNavigation,
} from '../../state/index.ts';
import css from './tabs.module.css';
import { useTabTitle } from './use-tab-title.ts';

const dragType = 'application/x-cairn-tab';

/** The open tabs; not drawn while there is only one. */
export function TabStrip() {
  const { t } = useTranslation('shell');
  const { tabs, active } = useNavigation((state) => state.all);
  const list = useRef<HTMLDivElement>(null);
  // The tab in front takes the focus along while the keys are among the tabs.
  useEffect(() => {
    const front = list.current?.querySelector<HTMLElement>(`[data-tab="${active}"]`);
    front?.parentElement?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (list.current?.contains(document.activeElement)) front?.focus();
  }, [active]);
  if (tabs.length < 2) return null;
  const onKeyDown = (event: KeyboardEvent): void => {
    const index = tabs.findIndex((tab) => tab.id === active);
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (way !== 0 && event.shiftKey) moveTab(active, index + way);
    else if (way !== 0) showNeighbour(way);
    else if (event.key === 'Home') showTab(tabs[0]?.id ?? active);
    else if (event.key === 'End') showTab(tabs.at(-1)?.id ?? active);
    else if (event.key === 'Delete') {
      closeTab();
      requestAnimationFrame(focusFront);
    } else return;
    event.preventDefault();
  };
  return (
    <nav className={css.strip} aria-label={t('tabs.title')}>
      <div
        ref={list}
        className={css.list}
        role="tablist"
        aria-label={t('tabs.title')}
        onKeyDown={onKeyDown}
        onWheel={(event) => {
          event.currentTarget.scrollLeft += event.deltaY;
        }}
      >
        {tabs.map((tab, index) => (
          <TabItem key={tab.id} tab={tab} index={index} active={tab.id === active} />
        ))}
      </div>
      <ActionIcon aria-label={t('tabs.new')} title={t('tabs.new')} onClick={() => openTab()}>
        <IconPlus size={16} />
      </ActionIcon>
    </nav>
  );
}

/** The focus does not get lost with the tab that had it. */
function focusFront(): void {
  const front = document.querySelector<HTMLElement>('[data-tab][aria-selected="true"]');
  (front ?? document.getElementById('main-view'))?.focus();
}

function TabItem({ tab, index, active }: { tab: Tab; index: number; active: boolean }) {
  const { t } = useTranslation('shell');
  const title = useTabTitle(stepOf(tab).place);
  const [over, setOver] = useState(false);
  return (
    <div
      className={css.tab}
      role="presentation"
      data-active={active || undefined}
      data-over={over || undefined}
    >
      <button
        type="button"
        role="tab"
        className={css.title}
        data-tab={tab.id}
        aria-selected={active}
        tabIndex={active ? 0 : -1}
        title={title}
        draggable
        onDragStart={(event) => event.dataTransfer.setData(dragType, String(tab.id))}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes(dragType)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          setOver(false);
          const id = Number(event.dataTransfer.getData(dragType));
          if (id > 0) moveTab(id, index);
        }}
        onAuxClick={(event) => {
          if (event.button === 1) closeTab(tab.id);
        }}
        onClick={() => showTab(tab.id)}
      >
        {title}
      </button>
      {/* By keyboard, Delete closes; to a screen reader a tab holds nothing. */}
      <button
        type="button"
        className={css.close}
        tabIndex={-1}
        aria-hidden
        data-pointer-only
        title={t('tabs.close')}
        onClick={() => closeTab(tab.id)}
      >
        <IconX size={12} />
      </button>
    </div>
  );
}
