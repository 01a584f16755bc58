/**
 * What a structured clone carries, as text: the way between Node and the page is the debugging
 * protocol, which has only text. No imports: the page is given the same source.
 */

const viewTypes = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const;

export function encode(value: unknown): string {
  return JSON.stringify(pack(value));
}

export function decode(text: string): unknown {
  return unpack(JSON.parse(text));
}

function pack(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { t: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
    case 'undefined':
      return { t: 'undefined' };
    case 'bigint':
      return { t: 'bigint', v: String(value) };
    case 'object':
      return value === null ? null : packObject(value);
    default:
      throw new DOMException(`A ${typeof value} could not be cloned.`, 'DataCloneError');
  }
}

function packObject(value: object): unknown {
  if (Array.isArray(value)) return value.map(pack);
  if (value instanceof Date) return { t: 'date', v: value.getTime() };
  if (value instanceof ArrayBuffer) return { t: 'buffer', v: base64(new Uint8Array(value)) };
  const type = viewTypes.findIndex((candidate) => value instanceof candidate);
  if (type !== -1) {
    const { buffer, byteOffset, byteLength } = value as ArrayBufferView;
    return { t: 'view', type, v: base64(new Uint8Array(buffer, byteOffset, byteLength)) };
  }
  return {
    t: 'object',
    v: Object.entries(value).map(([key, field]) => [key, pack(field)]),
  };
}

function unpack(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  const { t, v, type } = value as { t: string; v: unknown; type: number };
  if (t === 'number') return Number(v);
  if (t === 'bigint') return BigInt(v as string);
  if (t === 'date') return new Date(v as number);
  if (t === 'buffer') return bytes(v as string).buffer;
  if (t === 'view') {
    const View = viewTypes[type] as (typeof viewTypes)[number];
    return new View(bytes(v as string).buffer);
  }
  if (t === 'undefined') return undefined;
  return Object.fromEntries((v as [string, unknown][]).map(([key, field]) => [key, unpack(field)]));
}

function base64(view: Uint8Array): string {
  let text = '';
  for (let i = 0; i < view.length; i += 0x8000) {
    text += String.fromCharCode(...view.subarray(i, i + 0x8000));
  }
  return btoa(text);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
