import { Button } from '@mantine/core';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Skeletons } from '../states.tsx';
import { dropDraft, readDraft } from './drafts.ts';
import { PlainMarkdown } from './Markdown.tsx';
import css from './notes.module.css';

const loadText = () => import('./NoteText.tsx');
const LazyText = lazy(loadText);
/** What shows a note from now on: without a moment of plain text once its code is there. */
let noteText: ComponentType<{ text: string }> = LazyText;
const NoteEditor = lazy(() => import('./NoteEditor.tsx'));

/** Loads what shows notes, for a view that is about to. */
export async function preloadNotes(): Promise<void> {
  try {
    noteText = (await loadText()).default;
  } catch {
    // The notes ask for it again, and show plain text until then.
  }
}

export interface EditableNoteProps {
  /** Of the note, or of the run whose note it is; null for one that does not exist yet. */
  readonly id: string | null;
  /** Names the draft of a note that has no id yet. */
  readonly draftKey?: string | null;
  readonly text: string;
  readonly editing: boolean;
  readonly onEditing: (editing: boolean) => void;
  /** @param session names the editor; what one editor saves is one text in the history */
  readonly onSave: (text: string, session: string) => Promise<void>;
  readonly label: string;
  readonly placeholder: string;
  /** False shows the text without a way to change it. */
  readonly editable?: boolean;
}

/** Markdown that turns into its own source where it stands, and saves itself. */
export function EditableNote(props: EditableNoteProps) {
  const { text, editing, editable = true } = props;
  const [NoteText] = useState(() => noteText);
  if (editing && editable) {
    return (
      <Suspense fallback={<Skeletons rows={3} />}>
        <NoteEditor {...props} />
      </Suspense>
    );
  }
  return (
    <>
      {editable && <Unsaved {...props} />}
      {text.trim() !== '' && (
        <div className={css.note}>
          <Suspense fallback={<PlainMarkdown text={text} />}>
            <NoteText text={text} />
          </Suspense>
        </div>
      )}
    </>
  );
}

/** Says that something was written here that is not stored: the window or the core went away. */
function Unsaved({ id, draftKey = id, text, onEditing }: EditableNoteProps) {
  const t = useWords('common');
  const [draft, setDraft] = useState(() => (draftKey === null ? null : readDraft(draftKey)));
  if (draft === null || draftKey === null || draft.text === text) return null;
  return (
    <div className={css.unsaved} role="status">
      <span>{t('note.unsaved')}</span>
      <Button onClick={() => onEditing(true)}>{t('note.goOn')}</Button>
      <Button
        variant="subtle"
        color="gray"
        onClick={() => {
          dropDraft(draftKey, null);
          setDraft(null);
        }}
      >
        {t('note.discard')}
      </Button>
    </div>
  );
}
