import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import type { WorkspaceInfo } from '../../client/index.ts';
import { goBeside, goTo, openTab, to } from '../../state/index.ts';
import { railItems } from '../routes.tsx';

/**
 * The views, and each of them beside the one that is open and in a tab.
 * @param query nothing typed: the views alone, for the list is short
 */
export function useViewItems(
  workspace: WorkspaceInfo | null,
  query: string,
): SpotlightActionData[] {
  const { t } = useTranslation('shell');
  if (workspace === null) return [];
  return railItems.flatMap(({ view }) => {
    const name = t(`views.${view}`);
    const plain = { id: `view ${view}`, label: name, onClick: () => goTo(to(view)) };
    if (query.trim() === '') return [plain];
    return [
      plain,
      {
        id: `beside ${view}`,
        label: `${name} – ${t('openBeside')}`,
        onClick: () => goBeside(to(view)),
      },
      {
        id: `tab ${view}`,
        label: `${name} – ${t('tabs.new')}`,
        onClick: () => openTab({ main: to(view), beside: null }),
      },
    ];
  });
}
