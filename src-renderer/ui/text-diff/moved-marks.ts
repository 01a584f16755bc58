/** Marks on the lines of a comparison that only moved. */
import { getChunks } from '@codemirror/merge';
import {
  type EditorState,
  type Extension,
  RangeSetBuilder,
  StateEffect,
  StateField,
  type Text,
} from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';
import { type LineRange, type MovedBlock, movedBlocks } from './moved.ts';

const setMarks = StateEffect.define<DecorationSet>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (before, { effects }) => {
    const set = effects.find((effect) => effect.is(setMarks));
    return set === undefined ? before : set.value;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const movedMarks: Extension = marks;

export interface MovedWords {
  /** `$` stands for the line. */
  readonly movedFrom: string;
  readonly movedTo: string;
}

/** Marks moved blocks in the editor of the right text, and where there is one, in that of the left. */
export function markMoved(
  state: EditorState,
  original: Text,
  views: { readonly left: EditorView | null; readonly right: EditorView },
  words: MovedWords,
): void {
  const chunks = getChunks(state)?.chunks ?? [];
  const blocks = movedBlocks(
    linesOf(original),
    linesOf(state.doc),
    chunks.map(({ fromA, toA }) => range(original, fromA, toA)),
    chunks.map(({ fromB, toB }) => range(state.doc, fromB, toB)),
  );
  if (blocks.length === 0) return;
  mark(views.right, blocks, ({ left, right }) => [right, words.movedFrom, left.from]);
  if (views.left !== null) {
    mark(views.left, blocks, ({ left, right }) => [left, words.movedTo, right.from]);
    return;
  }
  // Within one text, the merge view draws removed lines as they come in sight.
  const removed = (view: EditorView): void => markRemoved(view, original, blocks, words.movedTo);
  const follow = EditorView.updateListener.of((update) => {
    if (update.viewportChanged || update.geometryChanged) removed(update.view);
  });
  views.right.dispatch({ effects: StateEffect.appendConfig.of(follow) });
  removed(views.right);
}

/** Marks the removed lines that are drawn; each is drawn once and kept. */
function markRemoved(
  view: EditorView,
  original: Text,
  blocks: readonly MovedBlock[],
  word: string,
): void {
  const chunks = getChunks(view.state)?.chunks ?? [];
  for (const drawn of view.contentDOM.querySelectorAll<HTMLElement>('.cm-deletedChunk')) {
    if (drawn.dataset.looked !== undefined) continue;
    drawn.dataset.looked = '';
    const at = view.posAtDOM(drawn);
    const chunk = chunks.find(({ fromB, endB }) => fromB <= at && at <= endB);
    if (chunk === undefined) continue;
    const first = original.lineAt(chunk.fromA).number;
    const lines = drawn.querySelectorAll<HTMLElement>('.cm-deletedLine');
    for (const [index, line] of lines.entries()) {
      const number = first + index;
      const block = blocks.find(({ left }) => left.from <= number && number < left.to);
      if (block === undefined) continue;
      line.classList.add('cm-movedLine');
      line.title = word.replace('$', String(block.right.from));
    }
  }
}

function mark(
  view: EditorView,
  blocks: readonly MovedBlock[],
  of: (block: MovedBlock) => readonly [place: LineRange, word: string, line: number],
): void {
  const places = blocks.map(of).sort(([a], [b]) => a.from - b.from);
  const builder = new RangeSetBuilder<Decoration>();
  for (const [{ from, to }, word, other] of places) {
    const title = word.replace('$', String(other));
    const line = Decoration.line({ class: 'cm-movedLine', attributes: { title } });
    for (let number = from; number < to; number++) {
      const at = view.state.doc.line(number).from;
      builder.add(at, at, line);
    }
  }
  view.dispatch({ effects: setMarks.of(builder.finish()) });
}

/** Chunks end at the beginning of the line behind them, or beyond the text. */
function range(text: Text, from: number, to: number): LineRange {
  if (to <= from) return { from: 1, to: 1 };
  const first = text.lineAt(Math.min(from, text.length)).number;
  return { from: first, to: text.lineAt(Math.min(to - 1, text.length)).number + 1 };
}

function linesOf(text: Text): string[] {
  return text.toString().split('\n');
}
