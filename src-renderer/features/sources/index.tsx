/** Where the runs of other tools were found, how they were read, and what was left out. */
export { SourcesView as default } from './SourcesView.tsx';
