/** Rules of what to sweep into the trash: filters with a name, kept with the workspace. */
import { z } from 'zod';
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { TidyRule } from '../contract/tidy.ts';
import { tidyRule } from '../contract/tidy.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { parseFilter, searchRuns } from '../tracking/query/index.ts';

const setting = 'tidy.rules';

/** What most people want to be rid of; none does anything by itself until it is switched on. */
export const suggestedRules: readonly TidyRule[] = [
  {
    id: 'failed',
    name: 'Failed or stopped, and older than a week',
    filter: 'status IN (FAILED, KILLED) AND age > 7d',
    automatic: false,
  },
  {
    id: 'empty',
    name: 'Without any metric, and older than a week',
    filter: 'status = FINISHED AND metric_count = 0 AND age > 7d',
    automatic: false,
  },
  {
    id: 'superseded',
    name: 'Run again later with the same command and params',
    filter: 'superseded = true AND age > 1d',
    automatic: false,
  },
];

export function readRules(store: Store): TidyRule[] {
  const text = readSetting(store, setting);
  if (text === null) return [...suggestedRules];
  const parsed = z.array(tidyRule).safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : [...suggestedRules];
}

/**
 * Adds a rule, or changes the one with its id.
 * @throws CairnError `invalid` for a filter that makes no sense, or that is empty: it would match all
 */
export function saveRule(
  store: Store,
  rule: Omit<TidyRule, 'id'> & { id: string | null },
): TidyRule {
  requireFilter(rule.filter);
  const saved = { ...rule, id: rule.id ?? newId() };
  return store.transaction(() => {
    const rules = readRules(store);
    const at = rules.findIndex((one) => one.id === saved.id);
    if (at === -1) rules.push(saved);
    else rules[at] = saved;
    writeSetting(store, setting, JSON.stringify(rules));
    return saved;
  });
}

export function removeRule(store: Store, id: string): void {
  store.transaction(() => {
    const left = readRules(store).filter((rule) => rule.id !== id);
    writeSetting(store, setting, JSON.stringify(left));
  });
}

/** @throws CairnError `not-found` */
export function findRule(store: Store, reference: string): TidyRule {
  const rule = readRules(store).find((one) => one.id === reference || one.name === reference);
  if (rule !== undefined) return rule;
  throw new CairnError('not-found', `There is no rule “${reference}”. “cairn tidy” lists them.`);
}

/** The runs that a filter would sweep, those that are protected among them. */
export function matchingRuns(store: Store, filter: string): string[] {
  requireFilter(filter);
  const found = searchRuns(store, { filter: parseFilter(filter), limit: 1_000_000 });
  return found.runs.map((run) => run.id);
}

function requireFilter(filter: string): void {
  if (filter.trim() === '') {
    throw new CairnError('invalid', 'A rule needs a filter: an empty one would sweep every run.');
  }
  parseFilter(filter);
}
