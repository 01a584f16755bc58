/** The editor of notes: CodeMirror with Markdown, completion of run numbers, pictures by paste. */
import { autocompletion, type CompletionContext, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown, markdownKeymap, markdownLanguage } from '@codemirror/lang-markdown';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorSelection, EditorState, type Extension, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** A run that `#…` may name. */
export interface RunChoice {
  readonly label: string;
  readonly name: string;
}

export interface NoteEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** Accessible name. */
  readonly label: string;
  readonly placeholder: string;
  readonly onChange: (text: string) => void;
  readonly onFinish: () => void;
  readonly onSave: () => void;
  readonly onBlur: () => void;
  readonly runs: () => Promise<readonly RunChoice[]>;
  /** Pictures that were pasted or dropped; null for a drop of other files. */
  readonly onPictures: (files: readonly File[]) => void;
}

export interface NoteEditorHandle {
  focus(): void;
  /** Puts text in place of the selection; `|` in it is where the cursor goes. */
  insert(text: string, ownLines: boolean): void;
  replace(text: string): void;
  destroy(): void;
}

/** Opens the editor with the cursor at the end. */
export function openNoteEditor(options: NoteEditorOptions): NoteEditorHandle {
  const view = new EditorView({
    parent: options.parent,
    doc: options.text,
    selection: EditorSelection.cursor(options.text.length),
    extensions: extensions(options),
  });
  return {
    focus: () => view.focus(),
    insert: (text, ownLines) => insert(view, text, ownLines),
    replace: (text) =>
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    destroy: () => view.destroy(),
  };
}

function extensions(o: NoteEditorOptions): Extension {
  return [
    history(),
    markdown({ base: markdownLanguage }),
    autocompletion({ override: [completeRun(o.runs), completeBlock], icons: false }),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': o.label, spellcheck: 'true' }),
    placeholder(o.placeholder),
    // Esc first closes the list of completions, which handles the key before these.
    keymap.of([
      ...completionKeymap,
      { key: 'Escape', run: () => done(o.onFinish) },
      { key: 'Mod-b', run: wrapWith('**') },
      { key: 'Mod-i', run: wrapWith('*') },
      { key: 'Mod-e', run: wrapWith('`') },
      ...markdownKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    Prec.highest(
      keymap.of([
        { key: 'Mod-Enter', run: () => done(o.onFinish) },
        { key: 'Mod-s', run: () => done(o.onSave), preventDefault: true },
      ]),
    ),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) o.onChange(update.state.doc.toString());
    }),
    EditorView.domEventHandlers({
      blur: () => void o.onBlur(),
      // The keys of the list around the editor are letters here.
      keydown: (event) => void event.stopPropagation(),
      paste: (event) => takePictures(event, event.clipboardData, o),
      drop: (event) => takePictures(event, event.dataTransfer, o),
    }),
    theme,
    syntaxHighlighting(colors),
    EditorState.tabSize.of(2),
  ];
}

function done(act: () => void): true {
  act();
  return true;
}

/** Bold, italics, code: around the selection, or taken away again. */
function wrapWith(mark: string): (view: EditorView) => boolean {
  return (view) => {
    const { state } = view;
    view.dispatch(
      state.changeByRange((range) => {
        const from = range.from - mark.length;
        const to = range.to + mark.length;
        const wrapped =
          from >= 0 &&
          state.sliceDoc(from, range.from) === mark &&
          state.sliceDoc(range.to, to) === mark;
        if (wrapped) {
          const inner = state.sliceDoc(range.from, range.to);
          return {
            changes: { from, to, insert: inner },
            range: EditorSelection.range(from, from + inner.length),
          };
        }
        return {
          changes: [
            { from: range.from, insert: mark },
            { from: range.to, insert: mark },
          ],
          range: EditorSelection.range(range.from + mark.length, range.to + mark.length),
        };
      }),
    );
    return true;
  };
}

function insert(view: EditorView, text: string, ownLines: boolean): void {
  const { state } = view;
  const { from, to } = state.selection.main;
  const before = state.sliceDoc(0, from);
  const after = state.sliceDoc(to, Math.min(to + 2, state.doc.length));
  const lead =
    !ownLines || before === ''
      ? ''
      : before.endsWith('\n\n')
        ? ''
        : before.endsWith('\n')
          ? '\n'
          : '\n\n';
  const trail = !ownLines
    ? ''
    : after.startsWith('\n\n')
      ? ''
      : after.startsWith('\n')
        ? '\n'
        : '\n\n';
  const cursor = text.indexOf('|');
  const clean = cursor < 0 ? text : text.slice(0, cursor) + text.slice(cursor + 1);
  view.dispatch({
    changes: { from, to, insert: lead + clean + trail },
    selection: EditorSelection.cursor(from + lead.length + (cursor < 0 ? clean.length : cursor)),
    scrollIntoView: true,
  });
  view.focus();
}

function takePictures(event: Event, data: DataTransfer | null, o: NoteEditorOptions): boolean {
  const files = [...(data?.files ?? [])];
  if (files.length === 0) return false;
  event.preventDefault();
  event.stopPropagation();
  o.onPictures(files);
  return true;
}

/** `#02.7 wider-net` while a number is typed after `#`. */
function completeRun(runs: NoteEditorOptions['runs']) {
  return async (context: CompletionContext) => {
    const word = context.matchBefore(/#[\d.]*/);
    if (word === null || (word.text === '#' && isHeading(context, word.from))) return null;
    const choices = await runs();
    return {
      from: word.from,
      options: choices.map(({ label, name }) => ({ label: `#${label}`, detail: name })),
      validFor: /^#[\d.]*$/,
    };
  };
}

/** `#` at the start of a line begins a heading more often than it names a run. */
function isHeading(context: CompletionContext, at: number): boolean {
  return !context.explicit && context.state.doc.lineAt(at).from === at;
}

/** The kinds of live blocks, after the fence. */
function completeBlock(context: CompletionContext) {
  const word = context.matchBefore(/^```(cairn ?)?\w*/);
  if (word === null || word.text === '```') return null;
  const options = ['table', 'chart', 'diff'].map((kind) => ({ label: `\`\`\`cairn ${kind}` }));
  return { from: word.from, options, validFor: /^```(cairn ?)?\w*$/ };
}

const theme = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', maxHeight: '60vh' },
  '.cm-content': { padding: '8px 0', minHeight: '72px', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 10px' },
  '.cm-placeholder': { color: 'var(--ink-dim)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--ink)',
  },
  '.cm-completionDetail': { color: 'var(--ink-dim)', fontStyle: 'normal' },
});

const colors = HighlightStyle.define([
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: [tags.link, tags.url], color: 'var(--accent)' },
  { tag: [tags.monospace, tags.labelName], color: 'var(--ink-soft)' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.quote], color: 'var(--ink-dim)' },
]);
