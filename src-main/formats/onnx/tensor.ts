/** One TensorProto, with its elements where they lie. */
import { stat } from 'node:fs/promises';
import { CairnError } from '../../base/errors.ts';
import type { DType } from '../dtypes.ts';
import { neighbourFile } from '../neighbour.ts';
import { countElements, type TensorContent, type TensorInfo } from '../tensor-file.ts';
import { maxDimensions, plainRange } from '../tensor-parts.ts';
import { type InlineBudget, NumberList, onnxTypes } from './data.ts';
import {
  type Field,
  fieldsOf,
  type Source,
  type Span,
  sizeOf,
  textOf,
  varintsOf,
  wire,
} from './wire.ts';

const textType = 8;

/** Files of external data, looked at once each. */
export class ExternalFiles {
  readonly #model: string;
  readonly #found = new Map<string, Promise<{ path: string; size: number }>>();
  readonly paths = new Set<string>();

  constructor(model: string) {
    this.#model = model;
  }

  /** @throws CairnError `unsupported`, `not-found`, `invalid`: see `neighbourFile` */
  async find(location: string): Promise<{ path: string; size: number }> {
    let found = this.#found.get(location);
    if (!found) {
      found = neighbourFile(this.#model, location, 'refused').then(async (path) => {
        this.paths.add(path);
        return { path, size: (await stat(path)).size };
      });
      this.#found.set(location, found);
    }
    return await found;
  }
}

export interface TensorContext {
  readonly source: Source;
  readonly external: ExternalFiles;
  readonly budget: InlineBudget;
}

/** A tensor as far as its message says; `name` is empty for most that are attributes. */
export type ReadTensor = TensorInfo | { readonly name: string; readonly note: string };

interface Message {
  name: string;
  type: number;
  shape: number[];
  raw: Field | null;
  readonly floats: NumberList;
  readonly integers: NumberList;
  readonly entries: Map<string, string>;
  isExternal: boolean;
  segmented: boolean;
}

/** Reads a TensorProto. Those of text yield a note. */
export async function readTensor(context: TensorContext, span: Span): Promise<ReadTensor> {
  const { source } = context;
  const message = readMessage(context, span);
  const { name, shape } = message;
  const title = JSON.stringify(name);
  if (message.type === textType) {
    return { name, note: `The tensor ${title} holds text and was left out.` };
  }
  if (message.segmented) {
    throw new CairnError(
      'unsupported',
      `${source.window.file.path} keeps the tensor ${title} in segments, which no tool writes.`,
    );
  }
  const dtype =
    onnxTypes.get(message.type) ?? source.broken(`the tensor type ${message.type} is unknown`);
  const elements = countElements(shape);
  const bits = elements === null ? Number.NaN : elements * dtype.bits;
  if (elements === null || !Number.isSafeInteger(bits)) {
    return source.broken(`the shape of the tensor ${title} is larger than any file`);
  }
  const bytes = await contentOf(context, message, dtype, Math.ceil(bits / 8));
  return { name, dtype, shape, elements, bytes, bigEndian: false, fortranOrder: false };
}

function readMessage({ source, budget }: TensorContext, span: Span): Message {
  const message: Message = {
    name: '',
    type: 0,
    shape: [],
    raw: null,
    floats: new NumberList(source, budget),
    integers: new NumberList(source, budget),
    entries: new Map(),
    isExternal: false,
    segmented: false,
  };
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1) addDimensions(source, field, message.shape);
    else if (field.number === 2) message.type = field.value;
    else if (field.number === 3) message.segmented = true;
    else if (field.number === 4 || field.number === 10) message.floats.addFloats(field);
    else if ([5, 7, 11].includes(field.number)) message.integers.addIntegers(field);
    else if (field.number === 8) message.name = textOf(source, field);
    else if (field.number === 9) {
      if (message.raw) source.broken('a tensor has its data twice');
      message.raw = field;
    } else if (field.number === 13) addEntry(source, field, message.entries);
    else if (field.number === 14) message.isExternal = field.value === 1;
  }
  return message;
}

function addDimensions(source: Source, field: Field, shape: number[]): void {
  if (field.type === wire.varint) shape.push(sizeOf(source, field));
  else {
    for (const dimension of varintsOf(source, field)) {
      const size = Number(dimension);
      shape.push(
        Number.isSafeInteger(size)
          ? size
          : source.broken('a size is negative or larger than any file'),
      );
      if (shape.length > maxDimensions) break;
    }
  }
  if (shape.length > maxDimensions) source.broken('a tensor has over 64 dimensions');
}

function addEntry(source: Source, span: Span, entries: Map<string, string>): void {
  const [key, value] = readEntry(source, span);
  if (entries.has(key)) source.broken(`the key ${JSON.stringify(key)} occurs twice`);
  entries.set(key, value);
}

/** A StringStringEntryProto. */
export function readEntry(source: Source, span: Span): [key: string, value: string] {
  let [key, value] = ['', ''];
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1) key = textOf(source, field);
    else if (field.number === 2) value = textOf(source, field);
  }
  return [key, value];
}

async function contentOf(
  context: TensorContext,
  message: Message,
  dtype: DType,
  length: number,
): Promise<TensorContent> {
  const { broken, window } = context.source;
  const { raw, floats, integers } = message;
  const given = [raw === null, floats.isEmpty, integers.isEmpty].filter((empty) => !empty).length;
  if (given > 1 || (given > 0 && message.isExternal)) return broken('a tensor has its data twice');
  if (message.isExternal) return await externalContent(context, message, length);
  let content: TensorContent;
  if (raw) content = plainRange(window.file.path, raw.from, raw.to - raw.from);
  else if (integers.isEmpty) content = floats.content();
  else content = integers.narrowed(dtype.bits);
  if (content.length === length) return content;
  return broken(`the tensor ${JSON.stringify(message.name)} has another size than its shape needs`);
}

async function externalContent(
  { source, external }: TensorContext,
  { name, entries }: Message,
  length: number,
): Promise<TensorContent> {
  const title = JSON.stringify(name);
  const location = entries.get('location');
  if (location === undefined) {
    return source.broken(`the tensor ${title} is in another file without saying in which`);
  }
  const number = (key: string, otherwise: number): number => {
    const written = entries.get(key);
    if (written === undefined) return otherwise;
    const value = /^\d{1,16}$/.test(written) ? Number(written) : Number.NaN;
    return Number.isSafeInteger(value)
      ? value
      : source.broken(`the ${key} of the tensor ${title} is no size`);
  };
  const [offset, stored] = [number('offset', 0), number('length', length)];
  if (stored !== length) {
    return source.broken(`the tensor ${title} has another size than its shape needs`);
  }
  const { path, size } = await external.find(location);
  if (offset + length > size) {
    throw new CairnError(
      'corrupt',
      `${path} is cut short: the tensor ${title} lies beyond its end.`,
    );
  }
  return plainRange(path, offset, length);
}
