import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import {
  closeOtherTabs,
  closeTab,
  duplicateTab,
  goBeside,
  openTab,
  reopenTab,
  showNeighbour,
  swapPanes,
  useNavigation,
} from '../../state/index.ts';
import { changeTextSize } from '../text-size.ts';

/** What can be done with tabs, panes and the size of the text. */
export function useWindowItems(): SpotlightActionData[] {
  const { t } = useTranslation('shell');
  const several = useNavigation((state) => state.all.tabs.length > 1);
  const beside = useNavigation((state) => state.place?.beside ?? null);
  const item = (id: string, label: string, onClick: () => void): SpotlightActionData => ({
    id: `window ${id}`,
    label,
    onClick,
  });
  return [
    item('new-tab', t('tabs.new'), () => openTab()),
    item('duplicate', t('tabs.duplicate'), duplicateTab),
    ...(several
      ? [
          item('close-tab', t('tabs.close'), () => void closeTab()),
          item('close-others', t('tabs.closeOthers'), closeOtherTabs),
          item('next-tab', t('tabs.next'), () => showNeighbour(1)),
          item('previous-tab', t('tabs.previous'), () => showNeighbour(-1)),
        ]
      : []),
    item('reopen', t('tabs.reopen'), () => void reopenTab()),
    ...(beside === null
      ? []
      : [
          item('swap', t('swapPanes'), swapPanes),
          item('close-beside', t('closeBeside'), () => goBeside(null)),
          item('beside-to-tab', t('openInTab'), () => openTab({ main: beside, beside: null })),
        ]),
    item('larger', t('actions.larger'), () => changeTextSize(1)),
    item('smaller', t('actions.smaller'), () => changeTextSize(-1)),
    item('usual', t('actions.usualSize'), () => changeTextSize(0)),
  ];
}
