import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import css from './code.module.css';

/** What CodeMirror's search panel says, by our key. */
const phraseOf = {
  find: 'Find',
  next: 'next',
  previous: 'previous',
  all: 'all',
  matchCase: 'match case',
  regexp: 'regexp',
  byWord: 'by word',
  close: 'close',
} as const;
const searchPhrases = Object.keys(phraseOf) as (keyof typeof phraseOf)[];

export interface CodeViewProps {
  readonly text: string;
  /** Its name tells the grammar. */
  readonly path: string;
  readonly wrap: boolean;
}

/** A text with line numbers and colours, to read and to search (Ctrl/Cmd+F). */
export function CodeView({ text, path, wrap }: CodeViewProps) {
  const { t } = useTranslation('compare');
  const host = useRef<HTMLDivElement>(null);
  const searchWords = useMemo(
    () => Object.fromEntries(searchPhrases.map((key) => [phraseOf[key], t(`find.${key}`)])),
    [t],
  );
  useEffect(() => {
    const parent = host.current;
    if (parent === null) return;
    let close: (() => void) | null = null;
    let open = true;
    // CodeMirror is a good part of the renderer, and few views need it.
    void import('./code-editor.ts').then(({ openCodeEditor }) => {
      if (!open) return;
      const editor = openCodeEditor({ parent, text, path, label: path, wrap, searchWords });
      close = () => editor.destroy();
    });
    return () => {
      open = false;
      close?.();
    };
  }, [text, path, wrap, searchWords]);
  return <div ref={host} className={css.code} />;
}
