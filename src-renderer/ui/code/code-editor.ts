/** One text, read-only, by CodeMirror. */
import { search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { editorTheme } from './editor-theme.ts';
import { grammarOf, languageExtension } from './language.ts';

/** Colouring more than this keeps the page waiting. */
const mostColoured = 2_000_000;

export interface CodeEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** Its name tells the grammar. */
  readonly path: string;
  readonly label: string;
  readonly wrap: boolean;
  /** Phrases of the search panel, by what they are in English. */
  readonly searchWords: Readonly<Record<string, string>>;
}

export function openCodeEditor(options: CodeEditorOptions): EditorView {
  const { parent, text, path, label, wrap, searchWords } = options;
  return new EditorView({
    parent,
    doc: text,
    extensions: [
      lineNumbers(),
      drawSelection(),
      search({ top: true }),
      keymap.of(searchKeymap),
      EditorState.readOnly.of(true),
      EditorState.phrases.of(searchWords),
      EditorView.editable.of(false),
      EditorView.contentAttributes.of({
        tabindex: '0',
        'aria-label': label,
        'aria-readonly': 'true',
      }),
      wrap ? EditorView.lineWrapping : [],
      text.length > mostColoured ? [] : languageExtension(grammarOf(path)),
      editorTheme,
    ],
  });
}
