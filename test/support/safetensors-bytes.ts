/** Small safetensors files of float32 tensors. */

/** @param tensors name to shape and row-major values */
export function safetensorsBytes(
  tensors: Readonly<Record<string, { shape: number[]; values: readonly number[] }>>,
): Uint8Array {
  let at = 0;
  const header = Object.entries(tensors).map(([name, { shape, values }]) => {
    const from = at;
    at += values.length * 4;
    return [name, { dtype: 'F32', shape, data_offsets: [from, at] }];
  });
  const text = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const data = Object.values(tensors).map(
    ({ values }) => new Uint8Array(Float32Array.from(values).buffer),
  );
  return Buffer.concat([length, text, ...data]);
}
