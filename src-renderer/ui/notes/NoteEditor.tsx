import { Button } from '@mantine/core';
import { IconEye, IconHistory, IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useConnection } from '../../client/index.ts';
import { notifyError } from '../messages.tsx';
import { useReturnFocus } from '../return-focus.ts';
import { useAutosave } from '../use-autosave.ts';
import { dropDraft, keepDraft, readDraft } from './drafts.ts';
import type { EditableNoteProps } from './EditableNote.tsx';
import { type NoteEditorHandle, openNoteEditor } from './editor.ts';
import { InsertMenu } from './InsertMenu.tsx';
import NoteText from './NoteText.tsx';
import css from './notes.module.css';

const NoteHistory = lazy(() => import('./NoteHistory.tsx'));

/** Runs that are offered after `#`. */
const offeredRuns = 500;

/** The editor, its menu and what it says of itself. Saves itself; see `useAutosave`. */
export default function NoteEditor(props: EditableNoteProps) {
  const { text, id, draftKey = id, label, placeholder, onEditing, onSave } = props;
  const { t } = useTranslation();
  const call = useCall();
  const online = useConnection().phase === 'online';
  useReturnFocus();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<NoteEditorHandle>(null);
  const [session] = useState(() => crypto.randomUUID());
  const [recovered] = useState(() => (draftKey === null ? null : readDraft(draftKey)));
  const base = useRef(recovered?.base ?? text);
  const [draft, setDraft] = useState(recovered?.text ?? text);
  const newest = useRef(draft);
  newest.current = draft;
  const [preview, setPreview] = useState(false);
  const [history, setHistory] = useState(false);
  const [uploading, setUploading] = useState(0);
  // The text that this editor has stored last: anything else is somebody else's.
  const stored = useRef(text);
  const [elsewhere, setElsewhere] = useState(recovered !== null && recovered.base !== text);

  const autosave = useAutosave(async (body) => {
    await onSave(body, session);
    stored.current = body;
    base.current = body;
    if (draftKey !== null) dropDraft(draftKey, body);
  });
  const change = useEffectEvent((body: string): void => {
    setDraft(body);
    if (draftKey !== null) keepDraft(draftKey, { base: base.current, text: body, at: Date.now() });
    autosave.change(body);
  });
  const finish = useEffectEvent((): void => {
    autosave.flush();
    onEditing(false);
  });
  const flush = useEffectEvent(() => autosave.flush());
  const addPictures = useEffectEvent(async (files: readonly File[]): Promise<void> => {
    setUploading((count) => count + files.length);
    for (const file of files) {
      try {
        const bytes = new Uint8Array(await file.arrayBuffer());
        const { name } = await call('notes.addImage', { bytes });
        const alt = file.name.replace(/\.[a-z]+$/i, '').replaceAll(/[[\]|\\]/g, ' ');
        editor.current?.insert(`![${alt}](image:${name})`, false);
      } catch (error) {
        notifyError(error);
      } finally {
        setUploading((count) => count - 1);
      }
    }
  });
  const runs = useEffectEvent(async () => {
    const { rows } = await call('runs.list', { limit: offeredRuns });
    return rows;
  });

  useEffect(() => {
    const parent = place.current;
    if (parent === null) return;
    const handle = openNoteEditor({
      parent,
      text: newest.current,
      label,
      placeholder,
      onChange: (body) => change(body),
      onFinish: () => finish(),
      onSave: () => flush(),
      onBlur: () => flush(),
      runs: () => runs(),
      onPictures: (files) => void addPictures(files),
    });
    editor.current = handle;
    handle.focus();
    return () => handle.destroy();
  }, [label, placeholder]);

  // A draft that was found is stored at once, like one that waited for the core.
  const begin = useEffectEvent(() => {
    if (recovered !== null && recovered.text !== text) autosave.change(recovered.text);
  });
  useEffect(() => begin(), []);
  useEffect(() => {
    if (online) flush();
  }, [online]);
  useEffect(() => {
    if (text !== stored.current && text !== newest.current) setElsewhere(true);
  }, [text]);

  const toggle = (): void => {
    setPreview(!preview);
    if (preview) requestAnimationFrame(() => editor.current?.focus());
  };
  return (
    <div className={css.editor}>
      <div className={css.bar}>
        <InsertMenu
          onInsert={(source, ownLines) => {
            setPreview(false);
            editor.current?.insert(source, ownLines);
          }}
          onPictures={(files) => void addPictures(files)}
        />
        <Button
          variant="subtle"
          color="gray"
          aria-pressed={preview}
          leftSection={preview ? <IconPencil size={14} /> : <IconEye size={14} />}
          onClick={toggle}
        >
          {t(preview ? 'note.write' : 'note.preview')}
        </Button>
        {id !== null && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconHistory size={14} />}
            onClick={() => setHistory(true)}
          >
            {t('note.history')}
          </Button>
        )}
        <span className={css.barSpace} />
        <Button onClick={finish}>{t('note.done')}</Button>
      </div>
      {elsewhere && <p className={css.warning}>{t('note.elsewhere')}</p>}
      {recovered !== null && !elsewhere && <p className={css.recovered}>{t('note.recovered')}</p>}
      <div ref={place} className={css.input} hidden={preview} />
      {preview && (
        <div className={css.preview}>
          <NoteText text={draft} />
        </div>
      )}
      <div className={css.foot}>
        <span>{t('note.markdown')}</span>
        <span role="status">
          {uploading > 0 ? t('note.addingPicture') : t(`note.${autosave.state}`)}
        </span>
      </div>
      {history && id !== null && (
        <Suspense>
          <NoteHistory
            id={id}
            onClose={() => setHistory(false)}
            onRestore={(body) => {
              editor.current?.replace(body);
              setHistory(false);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
