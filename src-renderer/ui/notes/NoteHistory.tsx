import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { Dialog } from '../Dialog.tsx';
import { EmptyState, QueryView } from '../states.tsx';
import { RelativeTime } from '../values.tsx';
import css from './notes.module.css';

/** What a note has said: each text against the present one, and a way back to it. */
export default function NoteHistory({
  id,
  onClose,
  onRestore,
}: {
  id: string;
  onClose: () => void;
  onRestore: (body: string) => void;
}) {
  const { t } = useTranslation();
  const query = useOperation('notes.history', { id }, { topics: [topics.notes, topics.runs] });
  const [chosen, setChosen] = useState<number | null>(null);
  const versions = query.data?.versions ?? [];
  const present = versions[0]?.version ?? null;
  const shown = chosen ?? versions[1]?.version ?? present;
  return (
    <Dialog onClose={onClose} title={t('note.history')} size="70rem" keepMounted={false}>
      <QueryView query={query}>
        {() =>
          present === null || shown === null ? (
            <EmptyState title={t('note.noHistory')} />
          ) : (
            <div className={css.history}>
              <ol className={css.versions} aria-label={t('note.history')}>
                {versions.map(({ version, at, characters, start }) => (
                  <li key={version}>
                    <button
                      type="button"
                      className={css.version}
                      aria-current={version === shown}
                      onClick={() => setChosen(version)}
                    >
                      <span>
                        <RelativeTime at={at} />
                        {version === present && <em> {t('note.present')}</em>}
                      </span>
                      <span className={css.cardDim}>
                        {t('note.characters', { count: characters })}
                      </span>
                      <span className={css.versionStart}>{start}</span>
                    </button>
                  </li>
                ))}
              </ol>
              <Version present={present} version={shown} onRestore={onRestore} />
            </div>
          )
        }
      </QueryView>
    </Dialog>
  );
}

function Version({
  present,
  version,
  onRestore,
}: {
  present: number;
  version: number;
  onRestore: (body: string) => void;
}) {
  const { t } = useTranslation();
  const now = useOperation('notes.version', { version: present }, { topics: [topics.notes] });
  const then = useOperation('notes.version', { version });
  if (now.data === undefined || then.data === undefined) {
    return <QueryView query={then}>{() => null}</QueryView>;
  }
  const body = then.data.body;
  return (
    <div className={css.versionBody}>
      <div className={css.bar}>
        <span className={css.cardDim}>{t('note.againstPresent')}</span>
        <span className={css.barSpace} />
        <Button disabled={body === now.data.body} onClick={() => onRestore(body)}>
          {t('note.restore')}
        </Button>
      </div>
      <TextDiff before={body} after={now.data.body} label={t('note.againstPresent')} />
    </div>
  );
}

function TextDiff({ before, after, label }: { before: string; after: string; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return;
    const view = new EditorView({
      parent: place.current,
      doc: after,
      extensions: [
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': label }),
        unifiedMergeView({ original: before, mergeControls: false, gutter: false }),
        theme,
      ],
    });
    return () => view.destroy();
  }, [before, after, label]);
  return <div ref={place} className={css.textDiff} />;
}

const wash = (color: string): string => `color-mix(in srgb, ${color} 14%, transparent)`;
const theme = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)', fontSize: '0.8125rem' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-changedLine, .cm-insertedLine': { backgroundColor: wash('var(--good)') },
  '.cm-deletedChunk': { backgroundColor: wash('var(--bad)') },
  '.cm-changedText': { background: wash('var(--good)') },
  '.cm-deletedChunk .cm-deletedText': { background: wash('var(--bad)') },
});
