import { useEffect, useRef } from 'react';
import css from './code.module.css';
import { useSearchWords } from './use-search-words.ts';

export interface CodeViewProps {
  readonly text: string;
  /** Its name tells the grammar. */
  readonly path: string;
  readonly wrap: boolean;
}

/** A text with line numbers and colours, to read and to search (Ctrl/Cmd+F). */
export function CodeView({ text, path, wrap }: CodeViewProps) {
  const host = useRef<HTMLDivElement>(null);
  const searchWords = useSearchWords();
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
