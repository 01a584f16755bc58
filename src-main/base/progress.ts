/** How long work reports itself, and how it learns that nobody wants it any more. */

export interface ProgressReport {
  readonly phase: string;
  readonly done: number;
  /** 0 while unknown. */
  readonly total: number;
  readonly unit: 'items' | 'bytes' | 'percent';
}

/** Passed down to whatever may take more than a moment. Both are optional for callers. */
export interface Work {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((report: ProgressReport) => void) | undefined;
}
