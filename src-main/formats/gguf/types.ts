/** Element types of GGUF tensors, by the number that the file has for them (ggml's `ggml_type`). */
import { type DType, numeric } from '../dtypes.ts';

export interface GgufType {
  readonly dtype: DType;
  /** Elements of one block, and its bytes; 1 element for plain types. */
  readonly block: number;
  readonly blockBytes: number;
  /** The decoder of its blocks; null for plain types. */
  readonly scheme: string | null;
}

function plain(dtype: DType): GgufType {
  return { dtype, block: 1, blockBytes: dtype.bits / 8, scheme: null };
}

function blocks(name: string, block: number, blockBytes: number): GgufType {
  return { dtype: { name, bits: 32, decode: 'f32' }, block, blockBytes, scheme: name };
}

export const ggufTypes: ReadonlyMap<number, GgufType> = new Map([
  [0, plain(numeric('f32'))],
  [1, plain(numeric('f16'))],
  [2, blocks('q4_0', 32, 18)],
  [3, blocks('q4_1', 32, 20)],
  [6, blocks('q5_0', 32, 22)],
  [7, blocks('q5_1', 32, 24)],
  [8, blocks('q8_0', 32, 34)],
  [9, blocks('q8_1', 32, 36)],
  [10, blocks('q2_k', 256, 84)],
  [11, blocks('q3_k', 256, 110)],
  [12, blocks('q4_k', 256, 144)],
  [13, blocks('q5_k', 256, 176)],
  [14, blocks('q6_k', 256, 210)],
  [15, blocks('q8_k', 256, 292)],
  [16, blocks('iq2_xxs', 256, 66)],
  [17, blocks('iq2_xs', 256, 74)],
  [18, blocks('iq3_xxs', 256, 98)],
  [19, blocks('iq1_s', 256, 50)],
  [20, blocks('iq4_nl', 32, 18)],
  [21, blocks('iq3_s', 256, 110)],
  [22, blocks('iq2_s', 256, 82)],
  [23, blocks('iq4_xs', 256, 136)],
  [24, plain(numeric('i8'))],
  [25, plain(numeric('i16'))],
  [26, plain(numeric('i32'))],
  [27, plain(numeric('i64'))],
  [28, plain(numeric('f64'))],
  [29, blocks('iq1_m', 256, 56)],
  [30, plain(numeric('bf16'))],
  [34, blocks('tq1_0', 256, 54)],
  [35, blocks('tq2_0', 256, 66)],
  [39, blocks('mxfp4', 32, 17)],
  [40, blocks('nvfp4', 64, 36)],
  [41, blocks('q1_0', 128, 18)],
]);
