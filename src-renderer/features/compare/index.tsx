/** Two sides against each other: params, metrics, code, data, environment and models. */
export { CompareView } from './CompareView.tsx';
