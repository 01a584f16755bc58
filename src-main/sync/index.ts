/** Sharing runs with an MLflow tracking server: sending what is new there. Fetching is an importer. */
export { type PushContext, type Pushed, pushRuns } from './push.ts';
