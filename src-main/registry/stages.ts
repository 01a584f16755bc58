/** The stages of versions. MLflow prefers aliases since 2.9; both are kept. */
import { invalid, shown } from './names.ts';

export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type Stage = (typeof stages)[number];

/** @throws CairnError `invalid`; the case of letters does not matter */
export function stageOf(text: string): Stage {
  const found = stages.find((stage) => stage.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw invalid(
    `Invalid Model Version stage: ${shown(text)}. Value must be one of ${stages.join(', ')}.`,
  );
}

/** Whether versions of the stage are in use. */
export function isActiveStage(stage: Stage): boolean {
  return stage === 'Staging' || stage === 'Production';
}
