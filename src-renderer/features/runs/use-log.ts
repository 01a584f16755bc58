import { useRef, useState } from 'react';
import { useStream } from '../../client/index.ts';
import { LogBuffer } from './log-buffer.ts';

/** What is fetched of a long log at first; the rest when somebody asks for it. */
const firstBytes = 1024 * 1024;
/** The page is drawn at most this often, however fast lines come in. */
const drawEveryMs = 80;

export interface Log {
  readonly buffer: LogBuffer;
  /** Changes with the buffer. */
  readonly version: number;
  readonly running: boolean;
  readonly error: string | null;
  /** Bytes before what is shown. */
  readonly before: number;
  loadEarlier(): void;
}

/** Follows the log of one stage, from near its end. */
export function useLog(runId: string, stage: string): Log {
  const [from, setFrom] = useState(-firstBytes);
  const buffer = useRef(new LogBuffer());
  const start = useRef<number | null>(null);
  const [version, setVersion] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const draw = (): void => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      setVersion((before) => before + 1);
    }, drawEveryMs);
  };
  const state = useStream(
    'runs.log',
    { id: runId, stage, from, follow: true },
    {
      onStart: () => {
        buffer.current = new LogBuffer();
        start.current = null;
        draw();
      },
      onItem: ({ offset, bytes }) => {
        if (start.current === null) {
          start.current = offset;
          if (offset > 0) buffer.current = new LogBuffer(true);
        }
        buffer.current.push(bytes);
        draw();
      },
    },
  );
  return {
    buffer: buffer.current,
    version,
    running: state.running,
    error: state.error?.message ?? null,
    before: start.current ?? 0,
    loadEarlier: () => setFrom(0),
  };
}
