/**
 * The trees of scikit-learn's estimators, from the arrays that a pickle has of them: those of
 * `plain-trees.ts` and of `histogram-trees.ts`, of all estimators in a file one after the other.
 */
import { BoosterCounter } from '../boosters/facts.ts';
import type { BoosterFacts } from '../boosters/types.ts';
import type { InlineBudget, PickleDict, PickleValue } from '../pickle/index.ts';
import { ArrayReader, UnreadTrees, unread } from './arrays.ts';
import { type Ensemble, findEnsembles } from './ensembles.ts';
import { readHistogram } from './histogram-trees.ts';
import { readPlain } from './plain-trees.ts';

const maxNodes = 16_000_000;
const maxColumns = 1_000_000;
/** Of the estimators' names. */
const mostNamed = 3;

/** The trees, null where there are none; a sentence on why they were not read. */
export function readTrees(
  root: PickleValue,
  path: string,
  budget: InlineBudget,
): { readonly booster: BoosterFacts | null; readonly note: string | null } {
  try {
    const arrays = new ArrayReader(path, budget);
    const ensembles = findEnsembles(root, arrays);
    const booster = ensembles.length === 0 ? null : factsOf(ensembles, arrays);
    return { booster, note: null };
  } catch (error) {
    if (!(error instanceof UnreadTrees)) throw error;
    return { booster: null, note: `Its trees were not read: ${error.message}.` };
  }
}

function factsOf(ensembles: readonly Ensemble[], arrays: ArrayReader): BoosterFacts {
  const several = ensembles.length > 1;
  const all: string[] = [];
  const tables = ensembles.map((ensemble) => {
    const names = namesOf(ensemble, arrays);
    if (all.length + names.length > maxColumns) unread('they have over a million columns');
    const prefix = several && ensemble.path !== '' ? `${ensemble.path}: ` : '';
    for (const name of names) all.push(prefix + name);
    return { ensemble, names };
  });
  const counter = new BoosterCounter(all, unread);
  const gains: Array<number | null> = [];
  let nodes = 0;
  for (const { ensemble, names } of tables) {
    const reading = { ensemble, arrays, columns: names.length, offset: gains.length };
    const count = (more: number): void => {
      nodes += more;
      if (nodes > maxNodes) unread('they have over 16 million nodes');
    };
    const found = ensemble.histogram
      ? readHistogram(reading, counter, count)
      : readPlain(reading, counter, count);
    for (const column of names.keys()) {
      const gain = found?.[column] ?? Number.NaN;
      gains.push(Number.isFinite(gain) ? gain : null);
    }
  }
  const facts = counter.facts('scikit-learn', objectiveOf(ensembles));
  const features = facts.features.map((one, at) => ({ ...one, gain: gains[at] ?? null }));
  return { ...facts, features };
}

/** `RandomForestClassifier (gini)`, of the first few estimators. */
function objectiveOf(ensembles: readonly Ensemble[]): string {
  const named = ensembles.slice(0, mostNamed).map(({ type, attributes }) => {
    const loss = attributes.get('loss') ?? attributes.get('criterion');
    return typeof loss === 'string' ? `${type} (${loss})` : type;
  });
  return named.join(', ') + (ensembles.length > mostNamed ? ', …' : '');
}

/** The names of all columns, or their numbers where it was fitted without names. */
function namesOf({ attributes, trees, histogram }: Ensemble, arrays: ArrayReader): string[] {
  const named = arrays.objects(attributes.get('feature_names_in_')) ?? [];
  let count = arrays.number(attributes.get('n_features_in_')) ?? named.length;
  // Before scikit-learn 0.24 only the trees knew how many columns there were.
  if (count === 0 && !histogram) count = widest(trees, arrays);
  if (!Number.isInteger(count) || count < 0) {
    return unread('the number of their columns makes no sense');
  }
  if (count > maxColumns) return unread('they have over a million columns');
  return Array.from({ length: count }, (_, at) => {
    const name = named[at];
    return typeof name === 'string' ? name : `column ${at}`;
  });
}

function widest(trees: readonly PickleDict[], arrays: ArrayReader): number {
  let most = -1;
  for (const tree of trees) {
    for (const column of arrays.numbers(tree.get('nodes'), 'feature') ?? []) {
      most = Math.max(most, column);
    }
  }
  return most + 1;
}
