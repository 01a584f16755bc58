import { create } from 'zustand';

/** The run under the pointer, and where that is: a row lights a curve, a curve its row. */
interface Pointed {
  readonly row: string | null;
  readonly curve: string | null;
}

const usePointed = create<Pointed>(() => ({ row: null, curve: null }));

export function usePointedRow(): string | null {
  return usePointed((state) => state.row);
}

export function usePointedCurve(): string | null {
  return usePointed((state) => state.curve);
}

export function pointAtRow(row: string | null): void {
  usePointed.setState({ row });
}

export function pointAtCurve(curve: string | null): void {
  usePointed.setState({ curve });
}
