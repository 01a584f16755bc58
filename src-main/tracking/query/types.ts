/** What a filter says, once it is read. Every place is an offset into the text, in UTF-16 units. */
import type { Token } from './lexer.ts';

export type Filter =
  /** The empty filter. */
  | { readonly kind: 'every' }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'test'; readonly field: Field; readonly test: Test }
  /**
   * Looked for in names, notes, params, tags, commands and the last lines of logs: words that begin
   * so, or a phrase as it stands.
   */
  | { readonly kind: 'words'; readonly words: string; readonly phrase: boolean };

export type Field =
  | {
      readonly kind: 'metric';
      readonly key: string;
      readonly summary: MetricSummaryName;
      readonly orEnding?: true;
    }
  /** With `orEnding`, also keys that end so after a dot or slash: `depth` for `model.depth`. */
  | { readonly kind: 'param' | 'tag'; readonly key: string; readonly orEnding?: true }
  | { readonly kind: 'dataset'; readonly key: DatasetKey }
  | { readonly kind: 'attribute'; readonly name: string };

/** What of a series is compared: MLflow knows only the last value. */
export type MetricSummaryName = 'last' | 'min' | 'max' | 'count' | 'step';
export type DatasetKey = 'name' | 'digest' | 'context';
export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Test =
  | { readonly kind: 'compare'; readonly comparator: Comparator; readonly value: Value }
  | {
      readonly kind: 'like';
      readonly anyCase: boolean;
      readonly not: boolean;
      readonly pattern: string;
    }
  | { readonly kind: 'in'; readonly not: boolean; readonly values: readonly Value[] }
  | { readonly kind: 'between'; readonly not: boolean; readonly low: Value; readonly high: Value }
  | { readonly kind: 'missing'; readonly not: boolean };

export type Value =
  | { readonly kind: 'text'; readonly text: string }
  /** Also a duration in ms and a size in bytes. */
  | { readonly kind: 'number'; readonly number: number }
  /** A day, an hour, a minute or an instant: from the first to before the second, epoch ms. */
  | { readonly kind: 'time'; readonly from: number; readonly before: number };

export interface OrderBy {
  readonly field: Field;
  readonly descending: boolean;
  /** Params and tags that are numbers are ordered as such, before the others. */
  readonly numbers: boolean;
}

export interface ReadOptions {
  /**
   * `mlflow`: as MLflow's clients send it. Words without a comparison and values without quotes are
   * errors there, and stray ANDs are not. All else is one language.
   */
  readonly dialect?: 'cairn' | 'mlflow';
  /** What `ago`, `today` and `yesterday` are counted from, epoch ms. */
  readonly now?: number;
  /** Told of each part that stands at the outermost level, and of what joins it to the one before. */
  readonly onPart?: (tokens: readonly Token[], join: 'and' | 'or') => void;
}

export interface RunSearch {
  /** As {@link parseFilter} gives it; every run without. */
  readonly filter?: Filter;
  /** Most important first; then the newest first, then by id. */
  readonly orderBy?: readonly OrderBy[];
  /** Only runs of these; null is every experiment. */
  readonly experimentIds?: readonly string[] | null;
  /** Whether runs in the trash are looked at. */
  readonly view?: 'active' | 'deleted' | 'all';
  readonly offset?: number;
  readonly limit?: number;
}

export interface FoundRuns {
  /** One page, in order. */
  readonly runs: readonly { readonly seq: number; readonly id: string }[];
  /** How many match in all. */
  readonly total: number;
}
