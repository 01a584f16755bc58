/** CodeMirror in Cairn's colours. Variables and `light-dark()` follow the scheme without a rebuild. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const added = 'var(--good)';
const removed = 'var(--bad)';
const wash = (color: string, percent: number): string =>
  `color-mix(in srgb, ${color} ${percent}%, transparent)`;

const chrome = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--ink)', fontSize: '0.75rem' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--ink-dim)',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 12px', minWidth: '36px' },
  '.cm-content': { padding: '4px 0' },
  '&.cm-focused': { outline: 'none' },
  // What is only read shows no cursor: by keyboard, a frame says where one is.
  '&:has(> .cm-scroller > .cm-content[contenteditable="false"]:focus-visible)': {
    outline: '2px solid var(--accent)',
    outlineOffset: '-2px',
  },
  '.cm-changedLine, &.cm-merge-b .cm-changedLine': { backgroundColor: wash(added, 9) },
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: wash(removed, 9) },
  '&.cm-merge-b .cm-changedText, .cm-changedText': { background: wash(added, 18) },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': {
    background: wash(removed, 18),
  },
  // A block that moved is neither gone nor new: a rail beside it, and no wash.
  '&.cm-merge-a .cm-movedLine.cm-changedLine, &.cm-merge-b .cm-movedLine.cm-changedLine, .cm-movedLine.cm-changedLine, .cm-deletedLine.cm-movedLine':
    { backgroundColor: wash('var(--accent)', 9), boxShadow: 'inset 2px 0 0 var(--accent)' },
  '&.cm-merge-a .cm-movedLine .cm-changedText, &.cm-merge-b .cm-movedLine .cm-changedText, .cm-movedLine .cm-changedText, .cm-deletedChunk .cm-movedLine .cm-deletedText':
    { background: 'none' },
  '.cm-panels': { background: 'var(--sunken)', color: 'var(--ink)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '6px 12px', fontFamily: 'var(--font)' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': {
    fontSize: '0.75rem',
  },
  '.cm-textfield': {
    background: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
  },
  '.cm-button': {
    background: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line-strong)',
  },
  '.cm-panel.cm-search [name=close]': { color: 'var(--ink)' },
  '.cm-searchMatch': { backgroundColor: wash('var(--warn)', 30) },
  '.cm-searchMatch-selected': { backgroundColor: wash('var(--warn)', 60) },
  '.cm-changeGutter': { width: '4px', paddingLeft: '0' },
  '&.cm-merge-b .cm-changedLineGutter, .cm-changedLineGutter': { background: added },
  '&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter': { background: removed },
  '.cm-collapsedLines': {
    background: 'var(--sunken)',
    color: 'var(--ink-dim)',
    fontFamily: 'var(--font)',
    padding: '4px 12px',
  },
  // The library's own mark for a fold is in few fonts.
  '.cm-collapsedLines:before': { content: '"⋯"' },
  '.cm-collapsedLines:after': { content: 'none' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    background: wash('var(--accent)', 30),
  },
});

const colors = HighlightStyle.define([
  { tag: tags.comment, color: 'light-dark(#5f6b76, #98a3ae)', fontStyle: 'italic' },
  {
    tag: [tags.keyword, tags.modifier, tags.operatorKeyword],
    color: 'light-dark(#8a2a8f, #d7a3e0)',
  },
  { tag: [tags.string, tags.special(tags.string)], color: 'light-dark(#0b6b3a, #8fd6a8)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'light-dark(#874100, #eab676)' },
  { tag: [tags.propertyName, tags.attributeName], color: 'light-dark(#155290, #8cbcf0)' },
  {
    tag: [tags.function(tags.variableName), tags.definition(tags.variableName)],
    color: 'light-dark(#155290, #8cbcf0)',
  },
  { tag: [tags.typeName, tags.className, tags.namespace], color: 'light-dark(#0f6674, #7fd0dc)' },
  { tag: tags.heading, fontWeight: '600' },
  { tag: tags.strong, fontWeight: '600' },
  { tag: tags.emphasis, fontStyle: 'italic' },
  { tag: tags.link, textDecoration: 'underline' },
]);

export const editorTheme = [chrome, syntaxHighlighting(colors)];
