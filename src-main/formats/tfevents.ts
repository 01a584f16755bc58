/**
 * TensorBoard's event files: TFRecords that hold `tensorflow.Event` messages. Field numbers are from
 * tensorflow/core/util/event.proto, framework/summary.proto and tensorboard/plugins/hparams.
 */
import type { Work } from '../base/progress.ts';
import { MessageReader } from './protobuf.ts';
import { decodeHparams, type HparamsContent } from './tfevents-hparams.ts';
import { readTensor, type SmallTensor } from './tfevents-tensor.ts';
import { type RecordsRead, readRecords } from './tfrecord.ts';

/** What happened in an event file, in its order. Steps are whole numbers, times epoch ms. */
export interface EventSink {
  scalar(tag: string, step: number, time: number, value: number): void;
  /** Hyperparameters of the hparams plugin, or how the session ended. */
  hparams(content: HparamsContent): void;
  /** Anything else that was logged: where its `Summary.Value` lies in the file. */
  onMedia(media: LoggedMedia): void;
}

export interface LoggedMedia {
  readonly kind: 'image' | 'audio' | 'histogram' | 'text' | 'tensor';
  readonly tag: string;
  readonly step: number;
  readonly time: number;
  /** Byte offset and length of the message in the file. */
  readonly at: number;
  readonly length: number;
  /** Of a text: its entries. */
  readonly texts: readonly string[];
}

/** Tags whose plugin was named: only the first value of a tag in a file says it. */
export type TagPlugins = Record<string, string>;

/**
 * Reads events from `offset` on.
 * @param plugins what earlier parts of the file said; what this one says is added
 */
export function readEvents(
  path: string,
  offset: number,
  plugins: TagPlugins,
  sink: EventSink,
  work: Work = {},
): Promise<RecordsRead> {
  const decoder = new EventDecoder(plugins, sink);
  return readRecords(
    path,
    offset,
    (bytes, from, to, at) => decoder.event(bytes, from, to, at),
    work,
  );
}

const eventField = { wallTime: 1, step: 2, summary: 5 } as const;
const summaryField = { value: 1 } as const;
const valueField = {
  tag: 1,
  simple: 2,
  image: 4,
  histogram: 5,
  audio: 6,
  tensor: 8,
  metadata: 9,
} as const;

class EventDecoder {
  readonly #plugins: Map<string, string>;
  readonly #remembered: TagPlugins;
  readonly #sink: EventSink;
  readonly #event = new MessageReader(Buffer.alloc(0));
  readonly #summary = new MessageReader(Buffer.alloc(0));
  readonly #value = new MessageReader(Buffer.alloc(0));
  #step = 0;
  #time = 0;
  /** Where the record's first byte lies in the file, less where it lies in the buffer. */
  #shift = 0;

  constructor(plugins: TagPlugins, sink: EventSink) {
    this.#remembered = plugins;
    this.#plugins = new Map(Object.entries(plugins));
    this.#sink = sink;
  }

  event(bytes: Buffer, from: number, to: number, at: number): void {
    const event = this.#event;
    event.reset(bytes, from, to);
    this.#step = 0;
    this.#time = 0;
    this.#shift = at - from;
    let summary: [number, number] | null = null;
    while (event.next()) {
      if (event.field === eventField.wallTime) this.#time = event.double() * 1000;
      else if (event.field === eventField.step) this.#step = event.signed();
      else if (event.field === eventField.summary) summary = event.range();
      else event.skip();
    }
    if (summary === null) return;
    this.#summary.reset(bytes, ...summary);
    while (this.#summary.next()) {
      if (this.#summary.field === summaryField.value) this.#read(bytes, ...this.#summary.range());
      else this.#summary.skip();
    }
  }

  #read(bytes: Buffer, from: number, to: number): void {
    const value = this.#value;
    value.reset(bytes, from, to);
    let tag = '';
    let simple: number | null = null;
    let kind: LoggedMedia['kind'] | null = null;
    let tensor: [number, number] | null = null;
    while (value.next()) {
      if (value.field === valueField.tag) tag = value.text();
      else if (value.field === valueField.simple) simple = value.float();
      else if (value.field === valueField.tensor) tensor = value.range();
      else if (value.field === valueField.metadata) this.#metadata(tag, value.message());
      else {
        if (value.field === valueField.image) kind = 'image';
        else if (value.field === valueField.histogram) kind = 'histogram';
        else if (value.field === valueField.audio) kind = 'audio';
        value.skip();
      }
    }
    if (simple !== null) this.#sink.scalar(tag, this.#step, this.#time, simple);
    else if (tensor !== null) this.#tensor(tag, bytes, tensor, from, to);
    else if (kind !== null) this.#media(kind, tag, from, to);
  }

  #metadata(tag: string, metadata: MessageReader): void {
    while (metadata.next()) {
      if (metadata.field !== 1) {
        metadata.skip();
        continue;
      }
      const data = metadata.message();
      let plugin = '';
      let content: [number, number] | null = null;
      while (data.next()) {
        if (data.field === 1) plugin = data.text();
        else if (data.field === 2) content = data.range();
        else data.skip();
      }
      if (plugin === '') continue;
      this.#plugins.set(tag, plugin);
      this.#remembered[tag] = plugin;
      if (plugin === 'hparams' && content !== null) {
        this.#sink.hparams(decodeHparams(new MessageReader(data.bytes, ...content)));
      }
    }
  }

  #tensor(tag: string, bytes: Buffer, range: [number, number], from: number, to: number): void {
    const plugin = this.#plugins.get(tag) ?? '';
    // Params are read from the metadata; how TensorBoard lays out its charts is nothing to look at.
    if (plugin === 'hparams' || plugin === 'custom_scalars') return;
    if (plugin === 'images') this.#media('image', tag, from, to);
    else if (plugin === 'audio') this.#media('audio', tag, from, to);
    else if (plugin === 'histograms') this.#media('histogram', tag, from, to);
    else {
      const tensor: SmallTensor | null = readTensor(new MessageReader(bytes, ...range));
      if (tensor?.kind === 'number') this.#sink.scalar(tag, this.#step, this.#time, tensor.value);
      else if (tensor?.kind === 'text') {
        this.#media('text', tag, from, to, tensor.texts);
      } else this.#media('tensor', tag, from, to);
    }
  }

  #media(
    kind: LoggedMedia['kind'],
    tag: string,
    from: number,
    to: number,
    texts: readonly string[] = [],
  ): void {
    const at = from + this.#shift;
    const [step, time] = [this.#step, this.#time];
    this.#sink.onMedia({ kind, tag, step, time, at, length: to - from, texts });
  }
}
