import { Textarea } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './EditableNote.module.css';
import { Markdown } from './text.tsx';
import { useAutosave } from './use-autosave.ts';

export interface EditableNoteProps {
  readonly text: string;
  readonly editing: boolean;
  readonly onEditing: (editing: boolean) => void;
  readonly onSave: (text: string) => Promise<void>;
  readonly label: string;
  readonly placeholder: string;
  /** False shows the text without a way to change it. */
  readonly editable?: boolean;
}

/** Markdown that turns into its own source where it stands, and saves itself. */
export function EditableNote(props: EditableNoteProps) {
  if (props.editing && props.editable !== false) return <Editor {...props} />;
  if (props.text.trim() === '') return null;
  return (
    <div className={css.note}>
      <Markdown text={props.text} />
    </div>
  );
}

function Editor({ text, onEditing, onSave, label, placeholder }: EditableNoteProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(text);
  const autosave = useAutosave(onSave);
  const onKeyDown = (event: KeyboardEvent): void => {
    const finish =
      event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
    event.stopPropagation();
    if (!finish) return;
    event.preventDefault();
    autosave.flush();
    onEditing(false);
  };
  return (
    <div className={css.editor}>
      <Textarea
        aria-label={label}
        placeholder={placeholder}
        value={draft}
        autosize
        minRows={3}
        maxRows={30}
        autoFocus
        classNames={{ input: css.input ?? '' }}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          autosave.change(event.currentTarget.value);
        }}
        onKeyDown={onKeyDown}
        onBlur={autosave.flush}
      />
      <div className={css.foot}>
        <span>{t('note.markdown')}</span>
        <span role="status">{t(`note.${autosave.state}`)}</span>
      </div>
    </div>
  );
}
