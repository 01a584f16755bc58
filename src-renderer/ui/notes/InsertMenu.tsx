import { Button, Menu } from '@mantine/core';
import {
  IconArrowsDiff,
  IconChartLine,
  IconHash,
  IconMath,
  IconPhoto,
  IconPlus,
  IconTable,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { largestNoteImage } from '../../client/index.ts';
import css from './notes.module.css';

/** `|` is where the cursor goes. */
const pieces = [
  { key: 'run', icon: IconHash, source: '#|', ownLines: false },
  { key: 'formula', icon: IconMath, source: '$|$', ownLines: false },
  {
    key: 'table',
    icon: IconTable,
    source: "```cairn table\nstatus = 'FINISHED'| limit 5\n```",
    ownLines: true,
  },
  {
    key: 'chart',
    icon: IconChartLine,
    source: '```cairn chart\n|loss limit 5\n```',
    ownLines: true,
  },
  { key: 'diff', icon: IconArrowsDiff, source: '```cairn diff\n|01.1 01.2\n```', ownLines: true },
] as const;

/** What can be put into a note without knowing how it is written. */
export function InsertMenu({
  onInsert,
  onPictures,
}: {
  onInsert: (source: string, ownLines: boolean) => void;
  onPictures: (files: readonly File[]) => void;
}) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Menu position="bottom-start" shadow="sm" returnFocus={false}>
        <Menu.Target>
          <Button variant="subtle" color="gray" leftSection={<IconPlus size={14} />}>
            {t('note.insert.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {pieces.map(({ key, icon: Icon, source, ownLines }) => (
            <Menu.Item
              key={key}
              leftSection={<Icon size={14} stroke={1.6} />}
              onClick={() => onInsert(source, ownLines)}
            >
              {t(`note.insert.${key}`)}
            </Menu.Item>
          ))}
          <Menu.Item
            leftSection={<IconPhoto size={14} stroke={1.6} />}
            onClick={() => picker.current?.click()}
          >
            {t('note.insert.picture', { size: largestNoteImage >> 20 })}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <input
        ref={picker}
        type="file"
        accept="image/png,image/jpeg,image/gif,image/webp"
        multiple
        className={css.hidden}
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          onPictures([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
