/** Bundles: a run out as one file; such a file verified and run again. */
export { BundlesView as default } from './BundlesView.tsx';
