/** The bytes of one tensor, read piece by piece wherever they are. */
import { CairnError } from '../base/errors.ts';
import { openQuantised } from './gguf/index.ts';
import { openHdf5Bytes } from './hdf5/index.ts';
import { openNegated } from './negated-bytes.ts';
import { bytesInMemory, openRange, type TensorBytes } from './range-bytes.ts';
import { openStrided } from './strided-bytes.ts';
import type { TensorContent } from './tensor-file.ts';

type Openers = {
  readonly [Kind in TensorContent['kind']]?: (
    content: Extract<TensorContent, { kind: Kind }>,
  ) => Promise<TensorBytes>;
};

/** One line for each kind of content. */
const openers: Openers = {
  range: openRange,
  strided: openStrided,
  negated: openNegated,
  quantised: openQuantised,
  hdf5: openHdf5Bytes,
  inline: async ({ bytes }) => bytesInMemory(bytes),
};

/**
 * Opens the bytes of a tensor in row-major order (or as they lie in the file, where the tensor says
 * `fortranOrder`); a deflated one is inflated first.
 * @throws CairnError `corrupt`, or what the system says when the file is gone
 */
export async function openTensorBytes(content: TensorContent): Promise<TensorBytes> {
  const opener = openers[content.kind] as
    | ((content: TensorContent) => Promise<TensorBytes>)
    | undefined;
  if (opener) return await opener(content);
  throw new CairnError('unsupported', `Values stored as ${content.kind} cannot be read.`);
}
