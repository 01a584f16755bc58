import { useEffect, useMemo, useRef, useState } from 'react';
import { type Output, useCall } from '../../client/index.ts';
import { usePreferences } from '../../state/index.ts';
import { notifyError } from '../../ui/index.ts';
import type { Log } from './use-log.ts';

/** Of a log that grows, the times are asked for at most this often. */
const againMs = 1000;

type Times = Output<'runs.logTimes'>;

interface LogTimes {
  /** Empty where nobody looked at the time. */
  readonly timeOf: (offset: number) => string;
  /** Whether none is known, since nobody wrote them down. */
  readonly none: boolean;
}

/**
 * When lines were written, by the byte that they begin at: `14:02:07`, with the date where the log is
 * of several days.
 */
export function useLogTimes(
  runId: string,
  stage: string,
  log: Pick<Log, 'before' | 'buffer' | 'version'>,
  enabled: boolean,
): LogTimes {
  const call = useCall();
  const locale = usePreferences((state) => state.locale);
  const [found, setFound] = useState<Times | null>(null);
  const asked = useRef(0);
  const { before } = log;
  const { end } = log.buffer;
  // An answer for a log that has grown meanwhile is still good; one for another log is not.
  const about = `${runId} ${stage} ${before}`;
  const latest = useRef(about);
  useEffect(() => {
    latest.current = about;
  }, [about]);
  useEffect(() => {
    if (!enabled || end === 0) return;
    const ask = (): void => {
      asked.current = Date.now();
      call('runs.logTimes', { id: runId, stage, from: before, to: end }).then((times) => {
        if (latest.current === about) setFound(times);
      }, notifyError);
    };
    const timer = setTimeout(ask, Math.max(0, asked.current + againMs - Date.now()));
    return () => clearTimeout(timer);
  }, [call, runId, stage, enabled, before, end, about]);
  const timeOf = useMemo(() => {
    const format = formatterOf(locale, found);
    return (offset: number): string => {
      const time = found === null ? null : timeAt(found, offset);
      return time === null ? '' : format.format(time);
    };
  }, [found, locale]);
  return { timeOf, none: enabled && found !== null && found.ends.length === 0 };
}

/** The first moment at which the log was longer than up to a byte; null where that is not known. */
export function timeAt({ ends, times }: Times, offset: number): number | null {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] as number) > offset) high = middle;
    else low = middle + 1;
  }
  const time = times[low];
  return time === undefined || Number.isNaN(time) ? null : time;
}

function formatterOf(locale: string, found: Times | null): Intl.DateTimeFormat {
  const known = (found?.times ?? new Float64Array(0)).filter((time) => !Number.isNaN(time));
  const days = new Set(
    [known.at(0) ?? 0, known.at(-1) ?? 0].map((time) => new Date(time).toDateString()),
  );
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    ...(days.size > 1 ? { day: 'numeric', month: 'short' } : {}),
  });
}
