/**
 * Runs that other tools logged, read in place: a folder per tool that recognises its files by their
 * names and hands runs over, and what they share. Nothing here executes, unpickles, or writes into a
 * source; what is read goes into the store in batches, each with how far the reading has come.
 */
export { importers } from './catalogue.ts';
export { declareSource, undeclareSource } from './declared/declarations.ts';
export { createDeclared } from './declared/index.ts';
export { createDvcExperiments } from './dvc-exp/index.ts';
export { indexSources, sourceKey } from './index-sources.ts';
export { keepRuns, measureRuns } from './keep/index.ts';
export { createListing } from './listing.ts';
export { mlflowServer, mlflowServerKind } from './mlflow-server/index.ts';
export { Sources } from './sources.ts';
