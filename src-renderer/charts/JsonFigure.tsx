import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/index.ts';
import { FigureChart } from './FigureChart.tsx';
import { inTheme } from './figure-theme.ts';
import { bundleFor } from './plotly.ts';
import { safeFigure } from './safe-figure.ts';
import type { Draw } from './use-plot.ts';

export interface JsonFigureProps {
  /** Plotly's JSON. */
  readonly text: string;
  readonly title: string;
  readonly height?: number;
}

/** A figure that was logged, in its own colours where it has some. Maps and pictures from elsewhere are left out. */
export function JsonFigure({ text, title, height = 480 }: JsonFigureProps) {
  const { t } = useTranslation('files');
  const figure = useMemo(() => safeFigure(text), [text]);
  const draw = useMemo(
    (): Draw | null => (figure === null ? null : (tokens, color) => inTheme(figure, tokens, color)),
    [figure],
  );
  const bundle = bundleFor(figure?.data ?? []);
  if (figure === null) return <EmptyState title={t('noFigure')}>{t('noFigureText')}</EmptyState>;
  return (
    <>
      {figure.leftOut > 0 && <p role="status">{t('tracesLeftOut', { count: figure.leftOut })}</p>}
      <FigureChart
        key={bundle}
        bundle={bundle}
        title={title}
        summary={t('figureSummary', { count: figure.data.length })}
        height={height}
        figure={draw}
        empty={t('noFigure')}
        csv={() => figureCsv(figure.data)}
      />
    </>
  );
}

/** Points of every trace that has x or y. */
function figureCsv(traces: readonly Record<string, unknown>[]): string {
  const lines = ['trace,x,y'];
  for (const [at, trace] of traces.entries()) {
    const [x, y] = [listOf(trace.x), listOf(trace.y)];
    const name = typeof trace.name === 'string' ? trace.name : String(at);
    for (let row = 0; row < Math.max(x.length, y.length); row++) {
      lines.push([name, x[row], y[row]].map(cell).join(','));
    }
  }
  return lines.join('\n');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function cell(value: unknown): string {
  const text = value == null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
