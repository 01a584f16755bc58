/**
 * As much of a WebAssembly assembler as the measuring kernels need: functions over one memory, in
 * nested expressions that read like the code they become. Encodings after the WebAssembly core
 * specification 2.0 (binary format, vector instructions).
 */

/** Encoded instructions that together leave one value, or none. */
export type Code = readonly number[];

const valueTypes = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

export interface WasmFunction {
  readonly name: string;
  readonly params: readonly ValueType[];
  readonly result: ValueType | null;
  readonly locals: readonly ValueType[];
  readonly body: Code;
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 0x80);
  }
}

function signed(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7) {
    const byte = rest & 0x7f;
    if ((rest >> 7 === 0 && byte < 64) || (rest >> 7 === -1 && byte >= 64)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

const vector = (opcode: number): number[] => [0xfd, ...unsigned(opcode)];
const unary =
  (opcode: number) =>
  (a: Code): Code => [...a, ...vector(opcode)];
const binary =
  (opcode: number) =>
  (a: Code, b: Code): Code => [...a, ...b, ...vector(opcode)];
/** A memory access at a constant offset; 0 promises no alignment. */
const access = (opcode: number, offset: number): number[] => [
  ...vector(opcode),
  0,
  ...unsigned(offset),
];

const constant = (lanes: Float64Array | Int32Array): Code => [
  ...vector(0x0c),
  ...new Uint8Array(lanes.buffer),
];

export const local = {
  get: (index: number): Code => [0x20, ...unsigned(index)],
  set: (index: number, value: Code): Code => [...value, 0x21, ...unsigned(index)],
};

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(value)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  lessUnsigned: (a: Code, b: Code): Code => [...a, ...b, 0x49],
  popcnt: (a: Code): Code => [...a, 0x69],
};

export const v128 = {
  load: (address: Code): Code => [...address, ...access(0x00, 0)],
  /** Eight bytes into the lower half, zeros above. */
  load64: (address: Code, offset = 0): Code => [...address, ...access(0x5d, offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    ...access(0x0b, offset),
  ],
  and: binary(0x4e),
  or: binary(0x50),
  xor: binary(0x51),
  /** Bytes by their index: 0…15 are those of `a`, 16…31 those of `b`. */
  shuffle: (a: Code, b: Code, bytes: readonly number[]): Code => [
    ...a,
    ...b,
    ...vector(0x0d),
    ...bytes,
  ],
  /** Bits of `a` where the mask is set, of `b` elsewhere. */
  select: (a: Code, b: Code, mask: Code): Code => [...a, ...b, ...mask, ...vector(0x52)],
};

export const f64x2 = {
  splat: unary(0x14),
  constant: (value: number): Code => constant(new Float64Array([value, value])),
  ne: binary(0x48),
  lt: binary(0x49),
  abs: unary(0xec),
  add: binary(0xf0),
  sub: binary(0xf1),
  mul: binary(0xf2),
  /** `b < a ? b : a`, one instruction on every processor. */
  pmin: binary(0xf6),
  /** `a < b ? b : a` */
  pmax: binary(0xf7),
  promoteLow: unary(0x5f),
  /** The lower two of four 32-bit integers. */
  convertLow: unary(0xfe),
  /** `a · b + c`, rounded once where the processor can (relaxed vector instructions). */
  madd: (a: Code, b: Code, c: Code): Code => [...a, ...b, ...c, ...vector(0x107)],
};

export const f32x4 = {
  lt: binary(0x43),
  sub: binary(0xe5),
  pmin: binary(0xea),
  pmax: binary(0xeb),
};

export const i32x4 = {
  constant: (value: number): Code => constant(new Int32Array([value, value, value, value])),
  eq: binary(0x37),
  lessSigned: binary(0x39),
  add: binary(0xae),
  sub: binary(0xb1),
  shl: (a: Code, bits: Code): Code => [...a, ...bits, ...vector(0xab)],
  extendLow16: unary(0xa9),
};

export const i64x2 = { lessSigned: binary(0xd8) };

/** Lane-wise equality, one bit per lane, by bits of a lane. */
export const equalLanes: Readonly<Record<8 | 16 | 32 | 64, (a: Code, b: Code) => Code>> = {
  8: (a, b) => unary(0x64)(binary(0x23)(a, b)),
  16: (a, b) => unary(0x84)(binary(0x2d)(a, b)),
  32: (a, b) => unary(0xa4)(binary(0x37)(a, b)),
  64: (a, b) => unary(0xc4)(binary(0xd6)(a, b)),
};

/** Runs the body, then again while the condition is not zero. */
export function doWhile(body: Code, condition: Code): Code {
  return [0x03, 0x40, ...body, ...condition, 0x0d, 0x00, 0x0b];
}

/** Encodes a module that imports its memory as `env.memory` and exports all functions. */
export function assemble(
  functions: readonly WasmFunction[],
  memoryPages: number,
): Uint8Array<ArrayBuffer> {
  const list = (items: readonly number[][]) => [...unsigned(items.length), ...items.flat()];
  const section = (id: number, content: number[]) => [id, ...unsigned(content.length), ...content];
  const text = (value: string) => list([...Buffer.from(value)].map((byte) => [byte]));
  const types = functions.map(({ params, result }) => [
    0x60,
    ...list(params.map((type) => [valueTypes[type]])),
    ...list(result === null ? [] : [[valueTypes[result]]]),
  ]);
  const memory = [...text('env'), ...text('memory'), 0x02, 0x00, ...unsigned(memoryPages)];
  const bodies = functions.map(({ locals, body }) => {
    const code = [...list(locals.map((type) => [1, valueTypes[type]])), ...body, 0x0b];
    return [...unsigned(code.length), ...code];
  });
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, list(types)),
    ...section(2, list([memory])),
    ...section(3, list(functions.map((_, index) => unsigned(index)))),
    ...section(7, list(exported)),
    ...section(10, list(bodies)),
  ]);
}
