import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { filterRuns } from '../../../state/index.ts';
import { pinColumn, resizeColumn, shiftColumn, showColumns } from './change-columns.ts';
import { type ColumnSpec, directionOf, type View } from './view.ts';
import { changeView } from './view-store.ts';

/** What can be done with a column of the table. */
export function HeadMenu({
  column,
  view,
  shown,
}: {
  column: ColumnSpec;
  view: View;
  shown: readonly ColumnSpec[];
}) {
  const { t } = useTranslation('table');
  const { id } = column;
  const isRun = column.kind === 'run';
  const pinned = view.columns.some((one) => one.field === id && one.pinned === true);
  const order = (desc: boolean): void =>
    changeView((now) => ({ ...now, order: [{ field: id, desc }] }));
  return (
    <>
      <Menu.Item onClick={() => order(false)}>{t('column.sortAscending')}</Menu.Item>
      <Menu.Item onClick={() => order(true)}>{t('column.sortDescending')}</Menu.Item>
      {view.order.length > 0 && directionOf(view, id) !== false && (
        <Menu.Item
          onClick={() =>
            changeView((now) => ({ ...now, order: now.order.filter(({ field }) => field !== id) }))
          }
        >
          {t('column.noSort')}
        </Menu.Item>
      )}
      {!isRun && (
        <>
          <Menu.Divider />
          <Menu.Item onClick={() => changeView((now) => pinColumn(now, shown, id, !pinned))}>
            {t(pinned ? 'column.unpin' : 'column.pin')}
          </Menu.Item>
          <Menu.Item onClick={() => changeView((now) => shiftColumn(now, shown, id, -1))}>
            {t('column.left')}
          </Menu.Item>
          <Menu.Item onClick={() => changeView((now) => shiftColumn(now, shown, id, 1))}>
            {t('column.right')}
          </Menu.Item>
        </>
      )}
      <Menu.Item onClick={() => changeView((now) => resizeColumn(now, shown, id, null))}>
        {t('column.width')}
      </Menu.Item>
      {!isRun && (
        <>
          <Menu.Item onClick={() => changeView((now) => showColumns(now, [column], false))}>
            {t('column.hide')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            onClick={() => changeView((now) => ({ ...now, group: { kind: 'by', fields: [id] } }))}
          >
            {t('column.groupBy')}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              const before = view.filter.trim();
              filterRuns({ text: `${before === '' ? '' : `${before} AND `}${id} = ` });
              // The field takes the text when it is drawn again.
              setTimeout(() => document.querySelector<HTMLElement>('[data-filter]')?.focus(), 100);
            }}
          >
            {t('column.filterBy')}
          </Menu.Item>
        </>
      )}
    </>
  );
}
