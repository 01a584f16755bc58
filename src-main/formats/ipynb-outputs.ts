/** Outputs of notebook cells, each as the richest form that can be shown without running anything. */

type Json = Readonly<Record<string, unknown>>;

export type NotebookOutput =
  | { readonly kind: 'text'; readonly text: string; readonly stream: 'stdout' | 'stderr' | null }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly text: string;
    }
  /** Base64 of a bitmap. */
  | {
      readonly kind: 'image';
      readonly mime: string;
      readonly base64: string;
      readonly text: string;
    }
  | {
      readonly kind: 'svg' | 'html' | 'markdown' | 'latex' | 'json';
      readonly text: string;
    };

const bitmaps = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** nbformat 3 has short names for the same. */
const shortNames: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  html: 'text/html',
  latex: 'text/latex',
  json: 'application/json',
  text: 'text/plain',
};

export function readOutputs(outputs: readonly unknown[], major: number): NotebookOutput[] {
  const read: NotebookOutput[] = [];
  for (const output of outputs.slice(0, 10_000)) {
    const one = readOutput(asObject(output), major);
    if (one === null) continue;
    const last = read.at(-1);
    // A stream comes in as many pieces as the kernel flushed.
    if (one.kind === 'text' && last?.kind === 'text' && one.stream === last.stream && one.stream) {
      read[read.length - 1] = { ...last, text: last.text + one.text };
    } else read.push(one);
  }
  return read;
}

function readOutput(output: Json, major: number): NotebookOutput | null {
  const kind = output.output_type;
  if (kind === 'stream') {
    const name = major >= 4 ? output.name : output.stream;
    return {
      kind: 'text',
      text: asText(output.text),
      stream: name === 'stderr' ? 'stderr' : 'stdout',
    };
  }
  if (kind === 'error' || kind === 'pyerr') {
    const trace = Array.isArray(output.traceback) ? output.traceback : [];
    return {
      kind: 'error',
      name: asText(output.ename),
      message: asText(output.evalue),
      text: trace.filter((line) => typeof line === 'string').join('\n'),
    };
  }
  if (kind !== 'display_data' && kind !== 'execute_result' && kind !== 'pyout') return null;
  return richest(major >= 4 ? asObject(output.data) : longNames(output));
}

function longNames(output: Json): Json {
  const data: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(output)) {
    const name = Object.hasOwn(shortNames, key) ? shortNames[key] : undefined;
    if (name !== undefined) data[name] = value;
  }
  return data;
}

function richest(data: Json): NotebookOutput | null {
  const plain = asText(data['text/plain']);
  for (const mime of bitmaps) {
    const base64 = asText(data[mime]).replace(/\s+/g, '');
    if (base64 !== '' && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
      return { kind: 'image', mime, base64, text: plain };
    }
  }
  for (const [mime, kind] of [
    ['image/svg+xml', 'svg'],
    ['text/html', 'html'],
    ['text/markdown', 'markdown'],
    ['text/latex', 'latex'],
  ] as const) {
    const text = asText(data[mime]);
    if (text !== '') return { kind, text };
  }
  const json = Object.keys(data).find((mime) => /^application\/(.+\+)?json$/.test(mime));
  if (json !== undefined && plain === '') return { kind: 'json', text: jsonText(data[json]) };
  return plain === '' ? null : { kind: 'text', text: plain, stream: null };
}

function jsonText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value, null, 2) ?? '';
  } catch {
    // Nested deeper than can be written down.
    return '';
  }
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!Array.isArray(value)) return '';
  return value.filter((line) => typeof line === 'string').join('');
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};
}
