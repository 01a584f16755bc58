import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceInfo } from '../client/index.ts';
import css from './Palette.module.css';
import { paletteStore } from './palette/store.ts';
import { useActionItems } from './palette/use-action-items.ts';
import { useEarlyKeys } from './palette/use-early-keys.ts';
import { useFirstChoice } from './palette/use-first-choice.ts';
import { useFolderItems } from './palette/use-folder-items.ts';
import { usePreferenceItems } from './palette/use-preference-items.ts';
import { useRunItems } from './palette/use-run-items.ts';
import { useViewItems } from './palette/use-view-items.ts';
import { useWindowItems } from './palette/use-window-items.ts';

const limit = 40;

/** Everything that can be done or gone to, by name. */
export function Palette({ workspace }: { workspace: WorkspaceInfo | null }) {
  const { t } = useTranslation('shell');
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState(false);
  const views = useViewItems(workspace, query);
  const { runs, experiments, waiting } = useRunItems(workspace, open, query);
  const actions = useActionItems(workspace, open);
  const folders = useFolderItems(open);
  const windowItems = useWindowItems();
  const preferences = usePreferenceItems();
  const choice = useFirstChoice(
    query,
    [...runs, ...experiments].map(({ id }) => id).join(' '),
    waiting,
  );
  useEarlyKeys({
    text: (text) => setQuery((before) => before + text),
    erase: () => setQuery((before) => before.slice(0, -1)),
    enter: choice.enter,
  });
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') choice.move();
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || !waiting) return;
    event.preventDefault();
    event.stopPropagation();
    choice.enter();
  };
  const group = (name: string, items: SpotlightActionData[]): SpotlightActionGroupData[] =>
    items.length === 0 ? [] : [{ group: name, actions: items }];
  return (
    <Spotlight
      store={paletteStore}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => {
        setOpen(false);
        choice.forget();
      }}
      actions={[
        ...group(t('paletteGroups.runs'), runs),
        ...group(t('paletteGroups.views'), views),
        ...group(t('paletteGroups.actions'), [
          ...actions,
          ...(workspace === null ? [] : windowItems),
        ]),
        ...group(t('paletteGroups.experiments'), experiments),
        ...group(t('paletteGroups.folders'), folders),
        ...group(t('paletteGroups.preferences'), preferences),
      ]}
      nothingFound={t('paletteEmpty')}
      limit={limit}
      highlightQuery
      scrollable
      overlayProps={{ blur: 0, backgroundOpacity: 0.25 }}
      maxHeight={440}
      attributes={{ content: { 'aria-label': t('palette') } }}
      classNames={{ action: css.action ?? '', actionDescription: css.description ?? '' }}
      searchProps={{
        leftSection: <IconSearch size={16} />,
        placeholder: t('palette'),
        'aria-label': t('palette'),
        onKeyDownCapture: onKey,
      }}
    />
  );
}
