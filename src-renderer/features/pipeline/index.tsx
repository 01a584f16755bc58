/** The stage graph of dvc.yaml: as a graph and as a list, why stages are stale, running them. */
export { PipelineView as default } from './PipelineView.tsx';
