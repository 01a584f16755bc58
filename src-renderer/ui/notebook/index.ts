/** Notebooks to look at: cells and outputs as they were saved. No script runs, nothing is loaded. */
export { NotebookCells } from './NotebookCells.tsx';
