import {
  type CallOptions,
  type Input,
  type OperationName,
  type Output,
  uploadPiece,
} from '../../client/index.ts';

type Call = <N extends OperationName>(
  name: N,
  input: Input<N>,
  options?: CallOptions<N>,
) => Promise<Output<N>>;

/** As much of a `File` as is needed. */
type Source = Pick<Blob, 'size' | 'slice'> & { readonly name: string };

/**
 * Hands a file over to the core piece by piece, for a page that cannot say where it lies.
 * @param onProgress told the bytes that are there
 * @returns where the core has it, absolute; an upload that fails or is stopped leaves nothing behind
 */
export async function upload(
  call: Call,
  file: Source,
  signal: AbortSignal,
  onProgress: (bytes: number) => void,
): Promise<string> {
  const { id, path } = await call('uploads.begin', { name: file.name, size: file.size });
  try {
    for (let offset = 0; offset < file.size; ) {
      signal.throwIfAborted();
      const piece = file.slice(offset, offset + uploadPiece);
      const bytes = new Uint8Array(await piece.arrayBuffer());
      const { size } = await call('uploads.append', { id, offset, bytes }, { signal });
      offset = size;
      onProgress(size);
    }
    return path;
  } catch (error) {
    await call('uploads.discard', { id }).catch(() => {});
    throw error;
  }
}
