/**
 * Bundles: one zip that is a Provenance Run Crate, checks itself and can be run again. Writing,
 * verifying and unpacking live here; starting a process does not, it comes as an argument.
 */
export { type ExportSources, exportBundle, previewBundle } from './export.ts';
export type { BundleRecord } from './layout.ts';
export { type Execution, reproduceBundle } from './reproduce.ts';
export { verifyBundle } from './verify.ts';
export { BundleView } from './view.ts';
