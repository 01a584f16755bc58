/** Notebooks in their order, what is in them without running it, and their runs. */
export { NotebooksView as default } from './NotebooksView.tsx';
