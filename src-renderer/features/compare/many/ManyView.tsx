import { ActionIcon, Button, Switch, Tabs } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../../client/index.ts';
import { useGo } from '../../../state/index.ts';
import { ErrorState, Page, Skeletons, Spacer } from '../../../ui/index.ts';
import css from '../compare.module.css';
import { SearchField } from '../content/SearchField.tsx';
import { type ComparePlace, writePlace } from '../parts.ts';
import { SidePicker } from '../SidePicker.tsx';
import { useComparePlace } from '../use-place.ts';
import { ManyTable } from './ManyTable.tsx';
import { type ManyTab, manyRows, manyTabs, numbered } from './rows.ts';

const mostSides = 24;

/** Three sides or more: params, metrics and environment, a column each. */
export function ManyView() {
  const { t } = useTranslation('compare');
  const { place, setAll } = useComparePlace();
  const go = useGo();
  const [text, setText] = useState('');
  const references = [place.left, place.right, ...place.more].filter((one) => one !== null);
  const query = useOperation(
    'diff.many',
    { sides: references },
    { topics: [topics.workspace, topics.runs], keepPrevious: true },
  );
  const show = (change: Partial<ComparePlace>): void =>
    go(writePlace({ ...place, ...change }), true);
  const setSides = ([left, right, ...more]: readonly string[]): void =>
    go(writePlace({ ...place, left: left ?? null, right: right ?? null, more, file: null }));
  const tab = manyTabs.find((one) => one === place.tab) ?? 'params';
  return (
    <Page
      title={t('title')}
      scroll={false}
      toolbar={
        <>
          <Spacer />
          <Switch
            label={t('onlyDifferences')}
            checked={!place.all}
            onChange={(event) => setAll(!event.currentTarget.checked)}
          />
          <SearchField label={t('search')} value={text} onChange={setText} />
        </>
      }
    >
      <div className={css.manySides}>
        {numbered(references).map(({ id, item: reference, at }) => (
          <span key={id} className={css.manySide}>
            <SidePicker
              label={String(at + 1)}
              value={reference}
              side={query.data?.sides.find((side) => side.reference === reference) ?? null}
              onChange={(next) => setSides(references.with(at, next))}
            />
            <ActionIcon
              aria-label={t('removeSide', { side: at + 1 })}
              title={t('removeSide', { side: at + 1 })}
              onClick={() => setSides(references.toSpliced(at, 1))}
            >
              <IconX size={14} />
            </ActionIcon>
          </span>
        ))}
        {references.length < mostSides && (
          <Button
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => setSides([...references, 'workspace'])}
          >
            {t('addSide')}
          </Button>
        )}
      </div>
      {query.error !== null ? (
        <ErrorState error={query.error} onRetry={query.reload} />
      ) : query.data === undefined ? (
        <Skeletons rows={8} />
      ) : (
        <Tabs
          className={css.tabs}
          value={tab}
          keepMounted={false}
          onChange={(next) => show({ tab: (next ?? 'params') as ManyTab })}
        >
          <Tabs.List className={css.tabList}>
            {manyTabs.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`tab.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {manyTabs.map((one) => (
            <Tabs.Panel key={one} value={one} className={css.panel}>
              <ManyTable
                tab={one}
                sides={query.data?.sides ?? []}
                rows={query.data === undefined ? [] : manyRows(query.data, one)}
                filter={{ text, onlyDifferences: !place.all }}
                onPair={(right) =>
                  go(
                    writePlace({
                      ...{
                        left: references[0] ?? null,
                        right: references[right] ?? null,
                        more: [],
                      },
                      ...{ tab: one, all: place.all, file: null, other: null, as: null },
                    }),
                  )
                }
              />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Page>
  );
}
