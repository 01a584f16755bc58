/** The kinds of charts of params and metrics, and what of a run each of them shows. Pure. */
import type { ChartLayout } from '../../client/index.ts';
import { type Field, type Fields, isField, seedField, usualDirection } from './fields.ts';

export const panelKinds = [
  'parallel',
  'importance',
  'scatter',
  'pareto',
  'contour',
  'histogram',
  'box',
  'bar',
] as const;
export type PanelKind = (typeof panelKinds)[number];

export type Panel = ChartLayout['panels'][number];

export function isPanelKind(kind: string): kind is PanelKind {
  return (panelKinds as readonly string[]).includes(kind);
}

/** A new chart with what is most likely looked for, of what there is. */
export function newPanel(kind: PanelKind, fields: Fields, id: string): Panel {
  const metric = fields.telling[0] ?? '';
  const other = fields.telling[1] ?? metric;
  const [first = metric, second = first] = fields.params;
  const options: Record<PanelKind, Record<string, string>> = {
    parallel: {
      axes: writeAxes([...fields.params.slice(0, Math.min(6, fields.differing)), metric]),
      color: metric,
    },
    importance: { metric },
    scatter: { x: first, y: metric, color: '' },
    pareto: {
      x: metric,
      y: other,
      xDirection: usualDirection(metric),
      yDirection: usualDirection(other),
    },
    contour: { x: first, y: second, z: metric },
    histogram: { x: metric },
    box: { x: first, y: metric },
    bar: { y: metric },
  };
  return { id, kind, options: options[kind] };
}

/** What a page of charts begins with. */
export function usualPanels(fields: Fields, newId: () => string): Panel[] {
  const kinds: PanelKind[] =
    fields.metrics.length > 1
      ? ['parallel', 'importance', 'scatter', 'pareto']
      : ['parallel', 'importance', 'scatter'];
  return kinds.map((kind) => newPanel(kind, fields, newId()));
}

/** Axes are kept as JSON: names of params may have any character. */
export function writeAxes(axes: readonly Field[]): string {
  return JSON.stringify(axes.filter((axis) => axis !== ''));
}

export function readAxes(text: string | undefined): Field[] {
  try {
    const read: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(read) ? read.filter((axis) => typeof axis === 'string') : [];
  } catch {
    return [];
  }
}

/** What of runs a chart shows: its fields, and `seed` where it groups by that. */
export function fieldsOfPanel({ kind, options }: Panel): Field[] {
  // Importance is worked out by the core.
  if (kind === 'importance') return [];
  const named = Object.values(options).filter((value) => isField(value) || value === seedField);
  return kind === 'parallel' ? [...named, ...readAxes(options.axes)] : named;
}
