import { create } from 'zustand';

/** The folder that is being opened, for the page that says how far it is. */
export interface Opening {
  readonly path: string;
  readonly progress: {
    readonly phase: string;
    readonly done: number;
    readonly total: number;
    readonly unit: 'items' | 'bytes' | 'percent';
  } | null;
  cancel(): void;
}

export const useOpening = create<{ readonly opening: Opening | null }>(() => ({ opening: null }));
