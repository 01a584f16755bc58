import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { showDialog } from '../../state/index.ts';
import { useOpenFolder } from '../../ui/index.ts';

/** Opening, closing, and the folders that were open before. */
export function useFolderItems(open: boolean): SpotlightActionData[] {
  const { t } = useTranslation('shell');
  const folders = useOpenFolder();
  const recents = useOperation(
    'workspace.recents',
    {},
    { enabled: open, topics: [topics.workspace] },
  );
  return [
    {
      id: 'folder open',
      label: t('actions.openFolder'),
      onClick: () => showDialog({ kind: 'open-folder' }),
    },
    {
      id: 'folder close',
      label: t('actions.closeFolder'),
      onClick: () => void folders.close(),
    },
    ...(recents.data?.folders ?? [])
      .filter((folder) => folder.exists)
      .slice(0, 8)
      .map((folder) => ({
        id: `folder ${folder.path}`,
        label: folder.name,
        description: folder.path,
        onClick: () => void folders.open(folder.path),
      })),
  ];
}
