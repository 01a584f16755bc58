/**
 * What the measuring thread is asked and what it answers. Here, because both the thread and the
 * code that deals out the work know these shapes.
 */
import type { ErrorCode } from '../base/errors.ts';
import type { TensorFile, TensorInfo } from './tensor-file.ts';

/** Two tensors of the same shape whose elements can be compared, or a part of both. */
export interface MeasurePart {
  readonly left: TensorInfo;
  readonly right: TensorInfo;
  /** The first element, a multiple of 8, and how many. */
  readonly from: number;
  readonly count: number;
}

/** A tensor of a base and those that models made of it, all of the same shape, or a part of each. */
export interface DeltaPart {
  readonly base: TensorInfo;
  /** At least one. */
  readonly models: readonly TensorInfo[];
  readonly from: number;
  readonly count: number;
}

export type TensorTask =
  | { readonly kind: 'open'; readonly path: string }
  | { readonly kind: 'measure'; readonly parts: readonly MeasurePart[] }
  | { readonly kind: 'deltas'; readonly parts: readonly DeltaPart[] }
  | { readonly kind: 'sample'; readonly tensor: TensorInfo }
  | {
      readonly kind: 'distribution';
      readonly part: MeasurePart;
      /** The range of both histograms. */
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: 'spectrum'; readonly left: TensorInfo; readonly right: TensorInfo };

/** What each kind of task answers. */
export interface TensorAnswers {
  readonly open: TensorFile;
  /** One per part; the sentence instead when that part could not be read. */
  readonly measure: ReadonlyArray<PairMeasure | { readonly problem: string }>;
  readonly deltas: ReadonlyArray<DeltaMeasure | { readonly problem: string }>;
  /** Up to 2048 elements spread over the tensor; empty when they are not numbers. */
  readonly sample: Float64Array;
  readonly distribution: DistributionCounts;
  readonly spectrum: Spectrum;
}

/** Equal bins of the histograms of both sides. */
export const histogramBins = 64;
/** Bins of |Δ|: four to a decade, from 1e-330 on, so that every float64 has its own. */
export const deltaBins = { perDecade: 4, lowestDecade: -330, count: 4 * 640 } as const;

/** Counts over some elements; those of two parts can be added. */
export interface DistributionCounts {
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly delta: Float64Array;
  /** Pairs of finite elements whose difference is zero. */
  readonly unchanged: number;
  /** How often each code of a 16-bit float occurs; null for other types. */
  readonly leftCodes: Float64Array | null;
  readonly rightCodes: Float64Array | null;
}

/** The singular values of the difference of two tensors, taken as matrices of `rows` × `columns`. */
export interface Spectrum {
  readonly rows: number;
  readonly columns: number;
  /** The largest ones, falling; all of them when `exact`. */
  readonly values: readonly number[];
  readonly exact: boolean;
  /** ‖Δ‖ over all elements. */
  readonly frobenius: number;
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

/** Sums over what several models made of a base. Δ is model − base. */
export interface DeltaMeasure {
  readonly count: number;
  /** Elements that are finite in the base and in every model; the rest is over them. */
  readonly finite: number;
  readonly bytesRead: number;
  readonly squaredBase: number;
  /** Of each model: the sum of Δ², and how many are not zero. */
  readonly models: ReadonlyArray<{ readonly squared: number; readonly moved: number }>;
  /** Of the first with the second, the first with the third … the second with the third, and so on. */
  readonly pairs: readonly DeltaPair[];
}

/** Sums over the Δ of two models. */
export interface DeltaPair {
  readonly dot: number;
  /** Elements that both moved, and of those how many went opposite ways. */
  readonly both: number;
  readonly conflicts: number;
}
