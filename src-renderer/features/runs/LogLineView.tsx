import { Highlight } from '@mantine/core';
import { memo } from 'react';
import { ansiCss, parseAnsi, stripAnsi } from '../../ui/index.ts';
import type { LogLine } from './log-buffer.ts';
import css from './runs.module.css';

/** One line of a log. While a search is on, its matches are marked and colours step back. */
export const LogLineView = memo(function LogLineView({
  line,
  index,
  measure,
  number,
  time,
  top,
  needle,
  current,
}: {
  line: LogLine;
  index: number;
  /** Given where lines are wrapped, so that each has a height of its own. */
  measure: ((element: HTMLElement | null) => void) | undefined;
  /** Null where nobody has counted. */
  number: number | null;
  /** When it was written, in words; empty where nobody knows, undefined where nobody asks. */
  time: string | undefined;
  top: number;
  needle: string;
  current: boolean;
}) {
  return (
    <div
      ref={measure}
      data-index={index}
      className={css.logLine}
      data-current={current || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className={css.logNumber} aria-hidden>
        {number}
      </span>
      {time !== undefined && <span className={css.logTime}>{time}</span>}
      {needle === '' ? (
        parseAnsi(line.text, line.style).spans.map((span) => (
          <span key={span.at} style={ansiCss(span.style)}>
            {span.text}
          </span>
        ))
      ) : (
        <Highlight component="span" inherit highlight={needle}>
          {stripAnsi(line.text)}
        </Highlight>
      )}
    </div>
  );
});
