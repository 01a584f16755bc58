/**
 * What a `Summary.Value` of an event file holds to look at. Field numbers are from
 * tensorflow/core/framework/summary.proto and tensor.proto; tensors of the plugins `images` (width,
 * height, pictures), `audio` (pairs of sound and label) and `histograms` (rows of left, right, count)
 * are as tensorboard/plugins describe them.
 */
import { MessageReader, wire } from './protobuf.ts';
import { type PrecisionRecall, precisionRecallOf } from './tfevents-curve.ts';

export type LoggedContent =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'text'; readonly text: string }
  | ({ readonly kind: 'precision-recall' } & PrecisionRecall)
  | { readonly kind: 'histogram'; readonly edges: Float64Array; readonly counts: Float64Array };

/** @param kind what the index calls it. @throws CairnError `corrupt` for a message that is cut */
export function readLoggedMedia(message: Buffer, kind: string): LoggedContent[] {
  const value = new MessageReader(message);
  while (value.next()) {
    if (value.type !== wire.bytes) value.skip();
    else if (value.field === 4 || value.field === 6) {
      const bytes = fieldBytes(value.message(), 4);
      return bytes === null ? [] : [{ kind: 'bytes', bytes }];
    } else if (value.field === 5) return oldHistogram(value.message());
    else if (value.field === 8) return fromTensor(value.message(), kind);
    else value.skip();
  }
  return [];
}

function fieldBytes(message: MessageReader, field: number): Buffer | null {
  let found: Buffer | null = null;
  while (message.next()) {
    if (message.field === field && message.type === wire.bytes) {
      const [from, to] = message.range();
      found = message.bytes.subarray(from, to);
    } else message.skip();
  }
  return found;
}

/** `HistogramProto`: right edges of the buckets, and how many are in each. */
function oldHistogram(message: MessageReader): LoggedContent[] {
  let least = 0;
  const limits: number[] = [];
  const counts: number[] = [];
  while (message.next()) {
    if (message.field === 1 && message.type === wire.fixed64) least = message.double();
    else if (message.field === 6) doubles(message, limits);
    else if (message.field === 7) doubles(message, counts);
    else message.skip();
  }
  const length = Math.min(limits.length, counts.length);
  if (length === 0) return [];
  // The first and the last bucket reach to what cannot be drawn.
  const edges = [Math.min(least, limits[0] ?? least), ...limits.slice(0, length)];
  return [histogram(edges, counts.slice(0, length))];
}

function histogram(edges: readonly number[], counts: readonly number[]): LoggedContent {
  return { kind: 'histogram', edges: Float64Array.from(edges), counts: Float64Array.from(counts) };
}

function floats(message: MessageReader, into: number[]): void {
  if (message.type === wire.fixed32) into.push(message.float());
  else if (message.type === wire.bytes) {
    const packed = message.message();
    while (!packed.done) into.push(packed.float());
  } else message.skip();
}

function doubles(message: MessageReader, into: number[]): void {
  if (message.type === wire.fixed64) into.push(message.double());
  else if (message.type === wire.bytes) {
    const packed = message.message();
    while (!packed.done) into.push(packed.double());
  } else message.skip();
}

function fromTensor(tensor: MessageReader, kind: string): LoggedContent[] {
  const texts: Buffer[] = [];
  const numbers: number[] = [];
  const shape: number[] = [];
  let dtype = 0;
  let content: Buffer | null = null;
  while (tensor.next()) {
    const { field, type } = tensor;
    if (field === 1 && type === wire.varint) dtype = tensor.varint();
    else if (field === 2 && type === wire.bytes) readShape(tensor.message(), shape);
    else if ((field === 4 || field === 8) && type === wire.bytes) {
      const [from, to] = tensor.range();
      const bytes = tensor.bytes.subarray(from, to);
      if (field === 4) content = bytes;
      else texts.push(bytes);
    } else if (field === 5) floats(tensor, numbers);
    else if (field === 6) doubles(tensor, numbers);
    else tensor.skip();
  }
  if (kind === 'image') return texts.slice(2).map((bytes) => ({ kind: 'bytes', bytes }));
  if (kind === 'audio') return soundsOf(texts);
  if (kind === 'text') return texts.map((text) => ({ kind: 'text', text: text.toString('utf8') }));
  const rows = numbers.length > 0 ? numbers : content === null ? [] : numbersOf(content, dtype);
  if (kind === 'tensor') {
    const curve = precisionRecallOf(shape, rows);
    return curve === null ? [] : [{ kind: 'precision-recall', ...curve }];
  }
  if (kind !== 'histogram') return [];
  const buckets = Array.from({ length: Math.floor(rows.length / 3) }, (_, at) => at * 3);
  if (buckets.length === 0) return [];
  const edges = [rows[0] as number, ...buckets.map((at) => rows[at + 1] as number)];
  return [
    histogram(
      edges,
      buckets.map((at) => rows[at + 2] as number),
    ),
  ];
}

/** `TensorShapeProto`. */
function readShape(message: MessageReader, into: number[]): void {
  while (message.next()) {
    if (message.field !== 2 || message.type !== wire.bytes) message.skip();
    else {
      const dim = message.message();
      while (dim.next()) {
        if (dim.field === 1 && dim.type === wire.varint) into.push(dim.varint());
        else dim.skip();
      }
    }
  }
}

/** Sounds alone, or each with its label behind it. */
function soundsOf(texts: readonly Buffer[]): LoggedContent[] {
  const labelled = texts.length % 2 === 0 && texts[1]?.toString('latin1', 0, 4) !== 'RIFF';
  return texts
    .filter((_, at) => !labelled || at % 2 === 0)
    .map((bytes) => ({ kind: 'bytes', bytes }));
}

/** `DT_DOUBLE` is 2, `DT_FLOAT` 1. */
function numbersOf(content: Buffer, dtype: number): number[] {
  if (dtype === 2) {
    const count = Math.floor(content.length / 8);
    return Array.from({ length: count }, (_, at) => content.readDoubleLE(at * 8));
  }
  if (dtype !== 1) return [];
  const count = Math.floor(content.length / 4);
  return Array.from({ length: count }, (_, at) => content.readFloatLE(at * 4));
}
