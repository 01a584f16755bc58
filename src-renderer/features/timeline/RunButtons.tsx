import { ActionIcon } from '@mantine/core';
import {
  IconArrowsDiff,
  IconBoxSeam,
  IconColumns3,
  IconNotes,
  IconPlayerStop,
  IconReload,
  IconStar,
  IconStarFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RunCell } from '../../client/index.ts';
import { useRunActions } from '../../ui/index.ts';

/** What can be done with a run, shown when its cell is pointed at or focused. */
export function RunButtons({ cell, onNote }: { cell: RunCell; onNote: () => void }) {
  const { t } = useTranslation();
  const actions = useRunActions();
  const run = { ...cell.run, previousId: cell.previous?.id ?? null };
  // What another tool ran can neither be started nor handed over from here.
  const isForeign = run.kind === 'imported' || run.kind === 'logged';
  const live = run.status === 'RUNNING' || run.status === 'SCHEDULED';
  const button = (label: string, key: string, Icon: TablerIcon, onClick: () => void) => (
    <ActionIcon
      size={24}
      tabIndex={-1}
      aria-label={`${label}: ${run.label}`}
      title={key === '' ? label : `${label}  ${key}`}
      onClick={onClick}
    >
      <Icon size={15} stroke={1.6} />
    </ActionIcon>
  );
  return (
    <>
      {live && button(t('actions.stop'), '', IconPlayerStop, () => actions.stop(run))}
      {cell.previous !== null &&
        button(t('actions.compareWithPrevious'), 'C', IconColumns3, () => actions.compare(run))}
      {cell.previous !== null &&
        button(t('actions.diffWithPrevious'), 'D', IconArrowsDiff, () => actions.diff(run))}
      {!isForeign && button(t('actions.runAgain'), 'R', IconReload, () => actions.again(run))}
      {button(t('actions.note'), 'N', IconNotes, onNote)}
      {button(
        run.starred ? t('actions.unstar') : t('actions.star'),
        'S',
        run.starred ? IconStarFilled : IconStar,
        () => actions.star(run),
      )}
      {!isForeign && button(t('actions.export'), 'E', IconBoxSeam, () => actions.export(run))}
    </>
  );
}
