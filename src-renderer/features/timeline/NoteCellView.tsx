import { ActionIcon } from '@mantine/core';
import { IconNotes, IconPencil, IconTrash } from '@tabler/icons-react';
import { type NoteCell, useCall } from '../../client/index.ts';
import { useWords } from '../../i18n/index.ts';
import { EditableNote, notifyError, notifyUndo } from '../../ui/index.ts';
import { CellFrame } from './CellFrame.tsx';
import type { CellProps } from './CellView.tsx';
import css from './timeline.module.css';

/** A note of its own, not on a run. */
export function NoteCellView({ cell, editing, onEditing }: CellProps & { cell: NoteCell }) {
  const t = useWords('timeline');
  const common = useWords('common');
  const call = useCall();
  const remove = async (): Promise<void> => {
    try {
      await call('notes.delete', { id: cell.id });
      notifyUndo(t('noteDeleted'), () => {
        call('notes.restore', { id: cell.id }).catch(notifyError);
      });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <CellFrame
      at={cell.at}
      mark={<IconNotes size={15} stroke={1.6} aria-hidden />}
      head={
        <div className={css.noteEditor}>
          <EditableNote
            id={cell.id}
            text={cell.body}
            editing={editing}
            onEditing={onEditing}
            label={t('editNote')}
            placeholder={t('notePlaceholder')}
            onSave={async (body, session) =>
              void (await call('notes.update', { id: cell.id, body, session }))
            }
          />
        </div>
      }
      actions={() => (
        <>
          <ActionIcon
            size={24}
            tabIndex={-1}
            aria-label={t('editNote')}
            title={`${t('editNote')}  N`}
            onClick={() => onEditing(true)}
          >
            <IconPencil size={15} stroke={1.6} />
          </ActionIcon>
          <ActionIcon
            size={24}
            tabIndex={-1}
            aria-label={common('delete')}
            title={common('delete')}
            onClick={() => void remove()}
          >
            <IconTrash size={15} stroke={1.6} />
          </ActionIcon>
        </>
      )}
    />
  );
}
