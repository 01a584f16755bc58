/**
 * Jupyter notebooks of the workspace: their order by number, what is in them, and another order as
 * renames and edits that all happen or none does. Nothing here runs a notebook.
 */
export { recover } from './apply.ts';
export { NotebookList, readNotebook } from './list.ts';
export { planOrder, type RenumberContext, renumber, turnRound } from './renumber.ts';
export { readParameters, viewCells } from './view.ts';
