/**
 * Two texts line by line, and the steps from change to change. Features import from here and not from
 * `ui/`, so that the first paint does without it.
 */
export { ChangeSteps } from './ChangeSteps.tsx';
export { TextDiff } from './TextDiff.tsx';
export { useChangeKeys } from './use-change-keys.ts';
