import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { to, useGo, useRoute } from '../../state/index.ts';
import { Page } from '../../ui/index.ts';
import css from './bundles.module.css';
import { ExportTab } from './ExportTab.tsx';
import { HistoryTab } from './HistoryTab.tsx';
import { OpenTab } from './OpenTab.tsx';

const tabs = ['export', 'open', 'history'] as const;
type Tab = (typeof tabs)[number];

/** Handing over: a run out as one file, and such a file verified and run again. */
export function BundlesView() {
  const { t } = useTranslation('bundles');
  const { query } = useRoute();
  const go = useGo();
  const fallback: Tab = query.file === undefined ? 'export' : 'open';
  const tab = tabs.find((one) => one === query.tab) ?? fallback;
  const show = (next: Tab, more: Readonly<Record<string, string | undefined>> = {}): void =>
    go(to('bundles', [], { run: query.run, file: query.file, ...more, tab: next }), true);
  return (
    <Page title={t('title')} hint={t('hint')} scroll={false}>
      <Tabs
        className={css.tabs}
        value={tab}
        onChange={(next) => show(next as Tab)}
        keepMounted={false}
      >
        <Tabs.List className={css.tabList}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="export" className={css.panel}>
          <ExportTab
            runId={query.run ?? null}
            onRun={(run) => show('export', { run })}
            onVerify={(file) => show('open', { file })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="open" className={css.panel}>
          <OpenTab file={query.file ?? ''} onFile={(file) => show('open', { file })} />
        </Tabs.Panel>
        <Tabs.Panel value="history" className={css.panel}>
          <HistoryTab onVerify={(file) => show('open', { file })} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
