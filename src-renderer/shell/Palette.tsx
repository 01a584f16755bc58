import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkspaceInfo } from '../client/index.ts';
import css from './Palette.module.css';
import { useActionItems } from './palette/use-action-items.ts';
import { useEarlyKeys } from './palette/use-early-keys.ts';
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
  const views = useViewItems(workspace);
  const { runs, experiments } = useRunItems(workspace, open, query);
  const actions = useActionItems(workspace, open);
  const folders = useFolderItems(open);
  const windowItems = useWindowItems();
  const preferences = usePreferenceItems();
  useEarlyKeys(open, (text) => setQuery((before) => before + text));
  const group = (name: string, items: SpotlightActionData[]): SpotlightActionGroupData[] =>
    items.length === 0 ? [] : [{ group: name, actions: items }];
  return (
    <Spotlight
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
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
      }}
    />
  );
}
