import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SavedView } from '../../client/index.ts';
import css from './charts.module.css';

/** Chooses one of the runs table's saved views: its filter and order here, and charts of its own. */
export function ViewPicker({
  views,
  chosen,
  onChoose,
}: {
  views: readonly SavedView[];
  chosen: SavedView | null;
  /** Null for all runs. */
  onChoose: (view: SavedView | null) => void;
}) {
  const { t } = useTranslation('charts');
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          size="xs"
          leftSection={<IconBookmark size={14} />}
          className={css.viewButton}
          title={t('view.savedHint')}
        >
          <span className={css.viewName}>{chosen?.name ?? t('view.saved')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Choice chosen={chosen === null} onChoose={() => onChoose(null)}>
          {t('view.allRuns')}
        </Choice>
        {views.map((view) => (
          <Choice key={view.id} chosen={view.id === chosen?.id} onChoose={() => onChoose(view)}>
            {view.name}
          </Choice>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Choice({
  chosen,
  onChoose,
  children,
}: {
  chosen: boolean;
  onChoose: () => void;
  children: string;
}) {
  return (
    <Menu.Item
      leftSection={chosen ? <IconCheck size={14} /> : <span className={css.noTick} />}
      aria-current={chosen || undefined}
      onClick={onChoose}
    >
      <span className={css.viewName}>{children}</span>
    </Menu.Item>
  );
}
