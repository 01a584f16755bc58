/** The bytes of a file, fetched in pieces. */
import { useEffect, useState } from 'react';
import {
  asClientError,
  type ClientError,
  type FileSource,
  largestPiece,
  useCall,
} from '../../../client/index.ts';

type Call = ReturnType<typeof useCall>;

/**
 * @param most bytes to read; the rest is left
 * @param options.from where to begin, in bytes
 */
export async function readPieces(
  call: Call,
  source: FileSource,
  most: number,
  options: {
    readonly from?: number;
    readonly signal?: AbortSignal;
    readonly onBytes?: (done: number) => void;
  } = {},
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { from = 0 } = options;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; offset < most; ) {
    const length = Math.min(largestPiece, most - offset);
    const { bytes } = await call(
      'files.bytes',
      { source, offset: from + offset, length },
      options.signal === undefined ? {} : { signal: options.signal },
    );
    // Shorter than it was said to be, or at its end.
    if (bytes.length === 0) break;
    pieces.push(bytes as Uint8Array<ArrayBuffer>);
    offset += bytes.length;
    options.onBytes?.(offset);
  }
  return pieces;
}

export type FileRead<T> =
  | { readonly status: 'loading'; readonly done: number }
  | { readonly status: 'failed'; readonly error: ClientError }
  | { readonly status: 'read'; readonly value: T };

function useRead<T>(
  source: FileSource,
  most: number,
  make: (pieces: Uint8Array<ArrayBuffer>[]) => T,
  release: (value: T) => void,
): FileRead<T> {
  const call = useCall();
  const [state, setState] = useState<FileRead<T>>({ status: 'loading', done: 0 });
  const key = JSON.stringify(source);
  useEffect(() => {
    const abort = new AbortController();
    let made: { value: T } | null = null;
    setState({ status: 'loading', done: 0 });
    const { signal } = abort;
    const onBytes = (done: number): void => setState({ status: 'loading', done });
    readPieces(call, JSON.parse(key) as FileSource, most, { signal, onBytes }).then(
      (pieces) => {
        if (signal.aborted) return;
        made = { value: make(pieces) };
        setState({ status: 'read', value: made.value });
      },
      (error: unknown) => {
        if (!signal.aborted) setState({ status: 'failed', error: asClientError(error) });
      },
    );
    return () => {
      abort.abort();
      if (made !== null) release(made.value);
    };
  }, [call, key, most, make, release]);
  return state;
}

const keep = (): void => {};

/** The beginning of a text. A mark of the byte order is understood; else UTF-8. */
export function useFileText(source: FileSource, most: number): FileRead<string> {
  return useRead(source, most, decode, keep);
}

function decode(pieces: readonly Uint8Array<ArrayBuffer>[]): string {
  const [a, b] = pieces[0] ?? [];
  const encoding =
    a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  const decoder = new TextDecoder(encoding);
  return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('');
}

/** The whole file as an address within the page, given back when it is not shown any more. */
export function useFileUrl(source: FileSource, size: number, mime: string): FileRead<string> {
  const [make] = useState(
    () => (pieces: Uint8Array<ArrayBuffer>[]) =>
      URL.createObjectURL(new Blob(pieces, { type: mime })),
  );
  return useRead(source, size, make, revoke);
}

function revoke(url: string): void {
  URL.revokeObjectURL(url);
}

/** Gives a file to the browser to save, under its own name. */
export async function saveFile(
  call: Call,
  source: FileSource,
  size: number,
  options: { readonly signal: AbortSignal; readonly onBytes: (done: number) => void },
): Promise<void> {
  const pieces = await readPieces(call, source, size, options);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(pieces));
  link.download = source.path.split('/').at(-1) ?? 'file';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
