import { useEffect, useState } from 'react';
import { asClientError, type ContentSource, useCall } from '../../../../client/index.ts';

export interface ImageSource {
  readonly source: ContentSource;
  readonly output: { readonly cell: number; readonly at: number } | null;
}

export type ImageState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'read'; readonly url: string; readonly blob: Blob };

/** An image of the core (null asks for none) as an address within the page; given back when it is not shown any more. */
export function useImage(of: ImageSource | null): ImageState {
  const call = useCall();
  const [state, setState] = useState<ImageState>({ status: 'loading' });
  const key = of === null ? '' : JSON.stringify({ source: of.source, output: of.output });
  useEffect(() => {
    if (key === '') return;
    const abort = new AbortController();
    let url: string | null = null;
    setState({ status: 'loading' });
    call('diff.bytes', JSON.parse(key) as ImageSource, { signal: abort.signal }).then(
      ({ mime, bytes }) => {
        if (abort.signal.aborted) return;
        const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime });
        url = URL.createObjectURL(blob);
        setState({ status: 'read', url, blob });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState({ status: 'failed', message: asClientError(error).message });
      },
    );
    return () => {
      abort.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [call, key]);
  return state;
}
