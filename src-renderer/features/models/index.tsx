/** Model files tensor by tensor: streamed, without running anything. */
export { ModelDiff } from './ModelDiff.tsx';
export { ModelsView as default } from './ModelsView.tsx';
