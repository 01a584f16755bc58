/** Reading quantised tensors as float32. */
import { CairnError } from '../../base/errors.ts';
import { openRange, type TensorBytes } from '../range-bytes.ts';
import type { QuantisedContent } from '../tensor-file.ts';
import type { BlockDecoder } from './block-decoder.ts';
import { blockDecoders } from './decoders.ts';

/** About this many elements are decoded at once. */
const batchElements = 1 << 16;

/**
 * Opens blocks of few bits as little-endian float32.
 * @throws CairnError `unsupported` for a type without a decoder
 */
export async function openQuantised(content: QuantisedContent): Promise<TensorBytes> {
  const decoder = blockDecoders.get(content.scheme);
  if (!decoder) {
    throw new CairnError('unsupported', `Values stored as ${content.scheme} cannot be read.`);
  }
  return new QuantisedBytes(await openRange(content.base), decoder, content);
}

class QuantisedBytes implements TensorBytes {
  readonly length: number;
  readonly #blocks: TensorBytes;
  readonly #decoder: BlockDecoder;
  readonly #elements: number;
  readonly #bigEndian: boolean;
  readonly #raw: Uint8Array;
  readonly #values: Float32Array;
  /** The first element of `#values`; -1 before anything was decoded. */
  #from = -1;
  #count = 0;

  constructor(blocks: TensorBytes, decoder: BlockDecoder, content: QuantisedContent) {
    this.length = content.length;
    this.#blocks = blocks;
    this.#decoder = decoder;
    this.#elements = content.elements;
    this.#bigEndian = content.bigEndian ?? false;
    const batch = Math.min(batchElements, content.elements) / decoder.elements;
    this.#raw = new Uint8Array(batch * decoder.bytes);
    this.#values = new Float32Array(batch * decoder.elements);
  }

  read(target: Uint8Array, position: number): void {
    let done = 0;
    while (done < target.length) {
      this.#load(Math.floor((position + done) / 4));
      const start = position + done - this.#from * 4;
      const length = Math.min(target.length - done, this.#count * 4 - start);
      target.set(new Uint8Array(this.#values.buffer, start, length), done);
      done += length;
    }
  }

  close(): void {
    this.#blocks.close();
  }

  /** Makes sure that an element is among the decoded ones. */
  #load(element: number): void {
    if (this.#from >= 0 && element >= this.#from && element < this.#from + this.#count) return;
    const { elements, bytes } = this.#decoder;
    const first = Math.floor(element / elements);
    const blocks = Math.min(this.#raw.length / bytes, this.#elements / elements - first);
    const raw = this.#raw.subarray(0, blocks * bytes);
    this.#blocks.read(raw, first * bytes);
    for (let block = 0; block < blocks; block++) {
      if (this.#bigEndian) toLittleEndian(raw, block * bytes, this.#decoder);
      this.#decoder.decode(raw, block * bytes, this.#values, block * elements);
    }
    this.#from = first * elements;
    this.#count = blocks * elements;
  }
}

function toLittleEndian(raw: Uint8Array, at: number, decoder: BlockDecoder): void {
  for (const half of decoder.halves) raw.subarray(at + half, at + half + 2).reverse();
  if (decoder.startsWithFloat) raw.subarray(at, at + 4).reverse();
}
