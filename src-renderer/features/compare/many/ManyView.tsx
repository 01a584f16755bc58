import { ActionIcon, Button, Switch, Tabs } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../../client/index.ts';
import { useGo } from '../../../state/index.ts';
import { ErrorState, Page, Skeletons } from '../../../ui/index.ts';
import css from '../compare.module.css';
import { SearchField } from '../content/SearchField.tsx';
import { type ComparePlace, writePlace } from '../parts.ts';
import { SidePicker } from '../SidePicker.tsx';
import { useComparePlace } from '../use-place.ts';
import { ManyFiles } from './ManyFiles.tsx';
import { ManyTable } from './ManyTable.tsx';
import { manyRows, manyTabs, numbered } from './rows.ts';

const mostSides = 24;

/** Three sides or more, a column each: params, metrics, environment, and files against the first. */
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
  const toPair = (right: number, change: Partial<ComparePlace>): void =>
    go(
      writePlace({
        ...{ left: references[0] ?? null, right: references[right] ?? null, more: [] },
        ...{ tab, all: place.all, file: null, other: null, as: null, ...change },
      }),
    );
  return (
    <Page
      title={t('title')}
      scroll={false}
      actions={
        <>
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
              onClick={({ currentTarget }) => {
                // The button goes with its side: the keyboard stays in the view.
                currentTarget.closest('main')?.focus({ preventScroll: true });
                setSides(references.toSpliced(at, 1));
              }}
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
          onChange={(next) => show({ tab: manyTabs.find((one) => one === next) ?? 'params' })}
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
              {one === 'code' || one === 'data' ? (
                <ManyFiles
                  tab={one}
                  sides={query.data?.sides ?? []}
                  filter={{ text, onlyDifferences: !place.all }}
                  onPair={(right, file) => toPair(right, placeOf(file))}
                />
              ) : (
                <ManyTable
                  tab={one}
                  sides={query.data?.sides ?? []}
                  rows={query.data === undefined ? [] : manyRows(query.data, one)}
                  filter={{ text, onlyDifferences: !place.all }}
                  onPair={(right) => toPair(right, {})}
                />
              )}
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
    </Page>
  );
}

/** Where a file is looked at in a comparison of two sides: directories stand among all data. */
function placeOf(file: { readonly path: string; readonly kind?: string }): Partial<ComparePlace> {
  if (file.kind === 'model') return { tab: 'models', file: file.path };
  return file.kind === 'directory' ? {} : { file: file.path };
}
