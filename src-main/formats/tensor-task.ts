/**
 * What the measuring thread is asked and what it answers. Here, because both the thread and the
 * code that deals out the work know these shapes.
 */
import type { ErrorCode } from '../base/errors.ts';
import type { TensorFile, TensorInfo } from './tensor-file.ts';

export type TensorTask =
  | { readonly kind: 'open'; readonly path: string }
  | {
      readonly kind: 'measure';
      readonly left: TensorInfo;
      readonly right: TensorInfo;
      /** Elements of this part; the whole tensor unless it is large. */
      readonly from: number;
      readonly count: number;
    }
  | { readonly kind: 'sample'; readonly tensor: TensorInfo };

/** What each kind of task answers. */
export interface TensorAnswers {
  readonly open: TensorFile;
  readonly measure: PairMeasure;
  readonly sample: Float64Array;
}

export type TensorAnswer<T extends TensorTask> = TensorAnswers[T['kind']];

export interface TensorRequest {
  readonly id: number;
  readonly task: TensorTask;
}

export type TensorReply =
  | { readonly id: number; readonly ok: true; readonly value: TensorAnswers[TensorTask['kind']] }
  | { readonly id: number; readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** Sums over some elements of one tensor; those of two parts can be merged. */
export interface SideMeasure {
  /** Finite elements; the rest of this record is over them. */
  readonly finite: number;
  readonly nonFinite: number;
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly m2: number;
  /** Infinity and −Infinity when no element is finite. */
  readonly min: number;
  readonly max: number;
}

/** Sums over pairs of elements. */
export interface PairMeasure {
  readonly count: number;
  /** Elements whose bits differ; with two types, whose values differ. */
  readonly changed: number;
  /** Bytes read from both files. */
  readonly bytesRead: number;
  /** Null for types whose elements are not numbers. */
  readonly numbers: PairNumbers | null;
}

/** Sums over the pairs that are finite on both sides. Δ is right − left. */
export interface PairNumbers {
  readonly pairs: number;
  readonly squaredDelta: number;
  readonly absDelta: number;
  readonly maxAbsDelta: number;
  readonly dot: number;
  readonly squaredLeft: number;
  readonly squaredRight: number;
  readonly signFlips: number;
  readonly left: SideMeasure;
  readonly right: SideMeasure;
}
