/**
 * What is stale and why, and what a reproduction would do: a pure function of what was recorded
 * and what was observed. Source of the rules: DVC's reference, “status” and “repro”; the command is
 * compared first, then deps and params, then outs; a frozen stage looks at its outs only.
 */
import type { Hashed } from '../cas/index.ts';
import type { StaleReason } from '../contract/pipeline.ts';
import type { LockEntry } from '../formats/dvc-lock.ts';
import type { Graph } from './graph.ts';
import type { ParamValues } from './params-file.ts';
import { paramReasons } from './plan-params.ts';
import type { Out, Stage } from './types.ts';
import { sameCommand } from './values.ts';

/** The state of the workspace and the cache, as far as the planned stages are concerned. */
export interface Observed {
  /** Content at a path of a dep or out (`Dep.path`, `Out.path`); null where there is none. */
  content(path: string): Hashed | null;
  /** Whether the content at a path is the recorded one; knows DVC 2's way of hashing text. */
  matches(path: string, entry: LockEntry): boolean;
  /** Values of a params file; null where there is none. */
  params(file: string): ParamValues | null;
  /** Whether the object cache holds a content whole, for a directory with every file in it. */
  cached(hash: string): boolean;
}

/** What a reproduction does with a stage. */
export type PlannedAction =
  /** Nothing: all is as recorded. */
  | 'none'
  /** Runs its commands. */
  | 'run'
  /** Puts outputs back from the cache; the inputs are as recorded. */
  | 'restore'
  /** Records outputs that changed by hand: tracked data and frozen stages. */
  | 'record'
  /** Decided when its upstream has run: if that makes the same again, nothing. */
  | 'await upstream';

export interface StagePlan {
  readonly stage: Stage;
  readonly action: PlannedAction;
  /** What differs now. With the action `none`: something that a stage upstream puts back. */
  readonly reasons: readonly StaleReason[];
}

export interface PlanFlags {
  /** Runs every planned stage, whatever was recorded. */
  readonly force?: boolean;
}

/**
 * Plans the stages that were selected, producers first.
 * @param selected stages in topological order, as {@link selectStages} gives them
 */
export function planStages(
  selected: readonly Stage[],
  graph: Graph,
  observed: Observed,
  flags: PlanFlags = {},
): StagePlan[] {
  const running = new Set<string>();
  const restored = new Map<string, LockEntry>();
  return selected.map((stage) => {
    const now = planStage(stage, observed, flags);
    const then = restored.size === 0 ? now : planStage(stage, after(observed, restored), flags);
    if (then.action === 'restore') {
      const recorded = entriesByPath(stage.lock?.outs);
      for (const out of stage.outs) {
        const entry = recorded.get(out.declared);
        if (entry !== undefined) restored.set(out.path, entry);
      }
    }
    const upstream = stage.frozen
      ? []
      : graph.upstream(stage.address).filter((address) => running.has(address));
    if (then.action === 'run' || upstream.length > 0) running.add(stage.address);
    return {
      stage,
      action: then.action !== 'run' && upstream.length > 0 ? 'await upstream' : then.action,
      reasons: [...now.reasons, ...upstream.map(upstreamReason)],
    };
  });
}

/** The workspace as it will be when these outputs have been put back. */
function after(observed: Observed, restored: ReadonlyMap<string, LockEntry>): Observed {
  return {
    params: (file) => observed.params(file),
    cached: (hash) => observed.cached(hash),
    content: (path) => {
      const entry = restored.get(path);
      if (entry?.md5 === undefined) return observed.content(path);
      return {
        hash: entry.md5,
        size: entry.size ?? 0,
        files: entry.nfiles ?? null,
        executable: false,
      };
    },
    matches: (path, entry) => {
      const md5 = restored.get(path)?.md5;
      return md5 === undefined ? observed.matches(path, entry) : md5 === entry.md5;
    },
  };
}

/** Plans one stage as things are now, without regard to what will run before it. */
export function planStage(stage: Stage, observed: Observed, flags: PlanFlags = {}): StagePlan {
  const inputs = inputReasons(stage, observed);
  const outputs = outputReasons(stage, observed);
  const reasons = [...inputs, ...outputs];
  if (stage.frozen && stage.lock === null) reasons.push(neverRun(stage));
  const done = (action: PlannedAction): StagePlan => ({ stage, action, reasons });
  if (stage.kind === 'data' || stage.frozen) {
    if (reasons.length === 0) return done('none');
    return done(canRestore(stage, observed) ? 'restore' : 'record');
  }
  if (flags.force) return done('run');
  if (reasons.length === 0) return done('none');
  if (inputs.length === 0 && canRestore(stage, observed)) return done('restore');
  return done('run');
}

/** Why the inputs differ from what was recorded: command, deps, params. */
export function inputReasons(stage: Stage, observed: Observed): StaleReason[] {
  const { lock } = stage;
  if (stage.frozen || stage.kind === 'data') return [];
  if (lock === null) {
    return [neverRun(stage)];
  }
  const reasons: StaleReason[] = [];
  if (
    stage.alwaysChanged ||
    (stage.deps.length === 0 && stage.params.length === 0 && stage.outs.length === 0)
  ) {
    const why = stage.alwaysChanged ? 'it says always_changed' : 'it has neither deps nor outputs';
    reasons.push(reason('always changed', stage.address, `runs every time: ${why}`));
  }
  if (!sameCommand(lock.cmd ?? null, stage.cmd)) {
    reasons.push(reason('command changed', stage.address, 'its command changed'));
  }
  const recorded = entriesByPath(lock.deps);
  for (const dep of stage.deps) {
    const entry = recorded.get(dep.declared);
    if (dep.reach === 'remote') {
      // Not looked at over the network: taken as recorded, or never seen.
      if (entry === undefined) reasons.push(reason('dep new', dep.path, `${dep.path} is new`));
    } else if (observed.content(dep.path) === null) {
      reasons.push(reason('dep missing', dep.path, `${dep.path} is missing`));
    } else if (entry === undefined) {
      reasons.push(reason('dep new', dep.path, `${dep.path} is a new dep`));
    } else if (!observed.matches(dep.path, entry)) {
      reasons.push(reason('dep modified', dep.path, `${dep.path} changed`));
    }
  }
  return [...reasons, ...paramReasons(stage, observed)];
}

/** Why the outputs differ from what was recorded. A stage that never ran has no such reasons. */
export function outputReasons(stage: Stage, observed: Observed): StaleReason[] {
  if (stage.lock === null) return [];
  const recorded = entriesByPath(stage.lock.outs);
  return stage.outs.flatMap((out) => {
    const found = outputReason(out, recorded.get(out.declared), observed);
    return found === null ? [] : [found];
  });
}

function outputReason(
  out: Out,
  entry: LockEntry | undefined,
  observed: Observed,
): StaleReason | null {
  const hash = entry?.md5;
  if (entry === undefined || hash === undefined) {
    return observed.content(out.path) === null
      ? reason('out missing', out.path, `${out.path} is missing`)
      : reason('out new', out.path, `${out.path} was never recorded`);
  }
  if (out.reach === 'remote') return null;
  const content = observed.content(out.path);
  const kept = content !== null && observed.matches(out.path, entry);
  if (out.cache && !observed.cached(hash)) {
    return kept
      ? reason('not in cache', out.path, `${out.path} is not in the cache`)
      : reason(
          'not in cache',
          out.path,
          `${out.path} changed, and what was recorded is not in the cache`,
        );
  }
  if (content === null) return reason('out missing', out.path, `${out.path} is missing`);
  return kept
    ? null
    : reason('out modified', out.path, `${out.path} was changed after it was made`);
}

/** Whether every output that is not as recorded can be had from the cache. */
function canRestore(stage: Stage, observed: Observed): boolean {
  const { lock } = stage;
  if (lock === null) return false;
  const recorded = entriesByPath(lock.outs);
  const differing = stage.outs.filter(
    (out) => outputReason(out, recorded.get(out.declared), observed) !== null,
  );
  // Data that was changed by hand is the user's newest version, not a damage to repair.
  if (stage.kind === 'data' || stage.frozen) {
    if (differing.some((out) => observed.content(out.path) !== null)) return false;
  }
  return differing.every((out) => {
    const hash = recorded.get(out.declared)?.md5;
    return hash !== undefined && observed.cached(hash);
  });
}

export function entriesByPath(entries: readonly LockEntry[] | undefined): Map<string, LockEntry> {
  return new Map((entries ?? []).map((entry) => [entry.path, entry]));
}

function neverRun(stage: Stage): StaleReason {
  return reason('never run', stage.address, `${stage.address} has not run yet`);
}

/** Why a stage acts, in one sentence fragment: `lr changed from 0.01 to 0.003, and 2 more`. */
export function explain(plan: Pick<StagePlan, 'reasons'>): string {
  const [first, second, ...more] = plan.reasons.map((one) => one.detail);
  if (first === undefined) return 'nothing changed';
  if (second === undefined) return first;
  return more.length === 0 ? `${first}; ${second}` : `${first}; ${second}; and ${more.length} more`;
}

function upstreamReason(address: string): StaleReason {
  return reason('upstream', address, `${address} runs first`);
}

function reason(kind: StaleReason['kind'], subject: string, detail: string): StaleReason {
  return { kind, subject, detail };
}
