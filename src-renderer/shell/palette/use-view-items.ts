import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import type { WorkspaceInfo } from '../../client/index.ts';
import { goBeside, goTo, openTab, to } from '../../state/index.ts';
import { railItems } from '../routes.tsx';

/** The views, and each of them beside the one that is open and in a tab. */
export function useViewItems(workspace: WorkspaceInfo | null): SpotlightActionData[] {
  const { t } = useTranslation('shell');
  if (workspace === null) return [];
  return railItems.flatMap(({ view }) => {
    const name = t(`views.${view}`);
    return [
      {
        id: `view ${view}`,
        label: name,
        onClick: () => goTo(to(view)),
      },
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
