/** Two texts beside or within each other, read-only, by CodeMirror's merge view. */
import {
  getChunks,
  goToNextChunk,
  goToPreviousChunk,
  MergeView,
  unifiedMergeView,
} from '@codemirror/merge';
import { search, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension, Text } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, panels } from '@codemirror/view';
import { editorTheme } from '../code/editor-theme.ts';
import { grammarOf, languageExtension } from '../code/language.ts';
import { type MovedWords, markMoved, movedMarks } from './moved-marks.ts';

export interface MergeEditorOptions {
  readonly parent: HTMLElement;
  readonly left: string;
  readonly right: string;
  readonly path: string;
  readonly mode: 'split' | 'unified';
  /** Fold long stretches without a change. */
  readonly collapse: boolean;
  readonly wrap: boolean;
  /** Accessible names of the two sides, and what a fold says (`$` stands for the number). */
  readonly words: MovedWords & {
    readonly left: string;
    readonly right: string;
    readonly fold: string;
    /** Phrases of the search panel, by what they are in English. */
    readonly search: Readonly<Record<string, string>>;
  };
  /** Called with the number of changes, and the one the cursor is at (from 1) or 0. */
  readonly onPosition: (at: number, total: number) => void;
}

export interface MergeEditor {
  next(): void;
  previous(): void;
  destroy(): void;
}

/**
 * The library's own limit of 500 gives up too early on real files; the time limit is what keeps two
 * unrelated texts of megabytes from blocking the window.
 */
const diffConfig = { scanLimit: 4000, timeout: 800 };
const collapsed = { margin: 3, minSize: 6 };

export function openMergeEditor(o: MergeEditorOptions): MergeEditor {
  const report = (state: EditorState): void => {
    const chunks = getChunks(state)?.chunks ?? [];
    const head = state.selection.main.head;
    o.onPosition(chunks.findIndex((c) => c.fromB <= head && head <= c.endB) + 1, chunks.length);
  };
  const follow = EditorView.updateListener.of((update) => {
    if (update.selectionSet || update.docChanged) report(update.state);
  });
  const collapseUnchanged = o.collapse ? collapsed : undefined;
  if (o.mode === 'unified') {
    const view = new EditorView({
      parent: o.parent,
      doc: o.right,
      extensions: [
        shared(o, o.words.right),
        follow,
        unifiedMergeView({ original: o.left, mergeControls: false, diffConfig, collapseUnchanged }),
      ],
    });
    const original = Text.of(o.left.split(/\r\n?|\n/));
    markMoved(view.state, original, { left: null, right: view }, o.words);
    return controls(view, () => view.destroy(), report);
  }
  // The two scroll as one: a search panel within either would scroll away, and shift its lines.
  const bar = document.createElement('div');
  o.parent.append(bar);
  const above = panels({ topContainer: bar });
  const merge = new MergeView({
    parent: o.parent,
    a: { doc: o.left, extensions: [shared(o, o.words.left), above] },
    b: { doc: o.right, extensions: [shared(o, o.words.right), above, follow] },
    diffConfig,
    ...(collapseUnchanged ? { collapseUnchanged } : {}),
  });
  markMoved(merge.b.state, merge.a.state.doc, { left: merge.a, right: merge.b }, o.words);
  const destroy = (): void => {
    merge.destroy();
    bar.remove();
  };
  return controls(merge.b, destroy, report);
}

function shared(o: MergeEditorOptions, name: string): Extension {
  return [
    lineNumbers(),
    drawSelection(),
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-label': name, 'aria-readonly': 'true' }),
    EditorState.phrases.of({ '$ unchanged lines': o.words.fold, ...o.words.search }),
    search({ top: true }),
    keymap.of(searchKeymap),
    movedMarks,
    o.wrap ? EditorView.lineWrapping : [],
    languageExtension(grammarOf(o.path)),
    editorTheme,
  ];
}

function controls(
  view: EditorView,
  destroy: () => void,
  report: (state: EditorState) => void,
): MergeEditor {
  report(view.state);
  const go = (command: typeof goToNextChunk): void => {
    command(view);
    const head = view.state.selection.main.head;
    view.dispatch({ effects: EditorView.scrollIntoView(head, { y: 'center' }) });
  };
  return { next: () => go(goToNextChunk), previous: () => go(goToPreviousChunk), destroy };
}
