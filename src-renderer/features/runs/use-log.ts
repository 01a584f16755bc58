import { useEffect, useRef, useState } from 'react';
import { asClientError, useCall, useStream } from '../../client/index.ts';
import { LogBuffer } from './log-buffer.ts';

/** What is held of a log at once: its end, or a window around a place in it. */
const firstBytes = 1024 * 1024;
const windowBytes = 4 * 1024 * 1024;
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
  /** Bytes behind what is shown; 0 at the end, which is followed. */
  readonly after: number;
  /** Shows what is around a byte of the log. */
  show(offset: number): void;
  showEarlier(): void;
  showLater(): void;
  /** Follows the end again. */
  showEnd(): void;
}

/** The log of one stage: followed from near its end, or a window into it. */
export function useLog(runId: string, stage: string): Log {
  /** Null follows the end. */
  const [at, setAt] = useState<number | null>(null);
  const tail = useTail(runId, stage, at === null);
  const window = useWindow(runId, stage, at);
  // The end stays in sight until the first window is there.
  const shown = at === null || window.version === 0 ? tail : window;
  const { before, after } = shown;
  const { end } = shown.buffer;
  return {
    ...shown,
    show: (offset) => {
      // The line that a window begins in is left out.
      const isHere = (offset > before || before === 0) && offset < end;
      if (!isHere) setAt(Math.max(0, offset - windowBytes / 4));
    },
    showEarlier: () => setAt(Math.max(0, before - windowBytes + firstBytes / 16)),
    showLater: () => setAt(after > windowBytes ? end - firstBytes / 16 : null),
    showEnd: () => setAt(null),
  };
}

type Shown = Omit<Log, 'show' | 'showEarlier' | 'showLater' | 'showEnd'>;

function useTail(runId: string, stage: string, enabled: boolean): Shown {
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
    { id: runId, stage, from: -firstBytes, follow: true },
    {
      onStart: () => {
        buffer.current = new LogBuffer();
        start.current = null;
        draw();
      },
      onItem: ({ offset, bytes }) => {
        if (start.current === null) {
          start.current = offset;
          if (offset > 0) buffer.current = new LogBuffer(true, offset);
        }
        buffer.current.push(bytes);
        draw();
      },
    },
    enabled,
  );
  return {
    buffer: buffer.current,
    version,
    running: state.running,
    error: state.error?.message ?? null,
    before: start.current ?? 0,
    after: 0,
  };
}

const nothing = { buffer: new LogBuffer(), version: 0, before: 0, after: 0, error: null };

function useWindow(runId: string, stage: string, at: number | null): Shown {
  const call = useCall();
  const [shown, setShown] = useState<Shown>({ ...nothing, running: true });
  useEffect(() => {
    if (at === null) return;
    const abort = new AbortController();
    const { signal } = abort;
    const buffer = new LogBuffer(at > 0, at);
    setShown((before) => ({ ...before, running: true }));
    call(
      'runs.log',
      { id: runId, stage, from: at, length: windowBytes },
      { signal, onItem: ({ bytes }) => buffer.push(bytes) },
    ).then(
      ({ end, size = end }) => {
        if (signal.aborted) return;
        const after = Math.max(0, size - buffer.end);
        setShown(({ version }) => ({
          ...{ buffer, version: version + 1, running: false, error: null, before: at, after },
        }));
      },
      (error: unknown) => {
        if (signal.aborted) return;
        const { message } = asClientError(error);
        setShown((before) => ({ ...before, running: false, error: message }));
      },
    );
    return () => abort.abort();
  }, [call, runId, stage, at]);
  return shown;
}
