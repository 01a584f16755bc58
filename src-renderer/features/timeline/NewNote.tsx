import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../client/index.ts';
import { EditableNote } from '../../ui/index.ts';
import css from './timeline.module.css';

/** A note that does not exist until something is written in it. */
export function NewNote({
  draftKey,
  onMade,
  onClose,
}: {
  readonly draftKey: string;
  /** It is in the notebook from now on. */
  readonly onMade: (id: string) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('timeline');
  const call = useCall();
  const id = useRef<string | null>(null);
  const save = async (body: string, session: string): Promise<void> => {
    if (id.current !== null) await call('notes.update', { id: id.current, body, session });
    else if (body.trim() !== '') {
      id.current = (await call('notes.create', { body, session })).id;
      onMade(id.current);
    }
  };
  return (
    <div className={css.newNote}>
      <EditableNote
        id={null}
        draftKey={draftKey}
        text=""
        editing
        onEditing={onClose}
        onSave={save}
        label={t('newNote')}
        placeholder={t('notePlaceholder')}
      />
    </div>
  );
}
