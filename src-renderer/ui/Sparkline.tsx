import { sparkPath } from './spark-path.ts';

export interface SparklineProps {
  readonly values: readonly (number | null)[];
  readonly width?: number;
  readonly height?: number;
  readonly color?: string;
  /** What the line is, for those who cannot see it. */
  readonly label: string;
}

/** The shape of a series in the height of a line of text. Gaps are missing values. */
export function Sparkline({
  values,
  width = 64,
  height = 16,
  color = 'var(--ink-dim)',
  label,
}: SparklineProps) {
  const { line, last } = sparkPath(values, width, height);
  if (line === '') return null;
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{label}</title>
      <path d={line} fill="none" stroke={color} strokeWidth={1.25} strokeLinejoin="round" />
      {last !== null && <circle cx={last.x} cy={last.y} r={1.75} fill={color} />}
    </svg>
  );
}
