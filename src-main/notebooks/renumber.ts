/** Giving a folder's notebooks another order, and back: files, Git's index, and the runs' links. */
import { posix } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { type ApplyContext, applyChange } from './apply.ts';
import { type Change, change as changeSchema, invertChange } from './change.ts';
import { type Plan, type PlanRequest, planRenumber } from './plan.ts';

export interface RenumberContext extends Omit<ApplyContext, 'commit'> {
  /** Lists the files of the workspace. */
  readonly files: (work: Work) => Promise<readonly string[]>;
  /**
   * Writes to the store in one transaction: the change with this id is made, runs know notebooks by
   * their new names, and, unless null, what it takes to undo and redo it.
   */
  readonly commit: (
    id: string,
    renames: Change['renames'],
    edit: { label: string; before: Change; after: Change } | null,
  ) => void;
}

/** What a new order would do. @throws as {@link planRenumber} does */
export async function planOrder(
  context: RenumberContext,
  request: PlanRequest,
  work: Work,
): Promise<Plan> {
  return planRenumber({ root: context.root, files: await context.files(work) }, request, work);
}

/** @throws CairnError `conflict` when the plan was made from something else, and as applying does */
export async function renumber(
  context: RenumberContext,
  request: PlanRequest & { readonly stamp: string },
  work: Work,
): Promise<Plan> {
  const plan = await planOrder(context, request, work);
  if (plan.stamp !== request.stamp) {
    throw new CairnError(
      'conflict',
      'The notebooks or what refers to them changed since this was planned. Look at the new plan.',
    );
  }
  if (plan.change.renames.length === 0) return plan;
  const folder = request.folder === '' ? '' : ` in ${posix.normalize(request.folder)}`;
  const edit = {
    label: `Renumber ${plan.change.renames.length} notebooks${folder}`,
    before: invertChange(plan.change, plan.texts),
    after: plan.change,
  };
  await applyChange(
    { ...context, commit: (id) => context.commit(id, plan.change.renames, edit) },
    plan.change,
  );
  return plan;
}

/** Does a change that was written down: undo, or redo. @throws as applying does */
export async function turnRound(context: RenumberContext, state: unknown): Promise<void> {
  const change = changeSchema.parse(state);
  await applyChange(
    { ...context, commit: (id) => context.commit(id, change.renames, null) },
    change,
  );
}
