/**
 * Notes: Markdown as it is read (safe whatever it says, with formulas, runs, files, pictures and
 * live blocks) and the editor that saves itself, keeps drafts and shows what a note said before.
 */
export { NoteBlockContext } from './blocks.ts';
export { readDraft } from './drafts.ts';
export { EditableNote, preloadNotes } from './EditableNote.tsx';
export { Markdown } from './Markdown.tsx';
