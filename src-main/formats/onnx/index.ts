/**
 * ONNX: one Protocol Buffers message (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), in
 * which the tensors are found without reading them, and files of external data beside it. Nothing
 * outside the model's folder is read, whatever way leads there.
 */
import { FileWindow } from '../file-window.ts';
import type { ModelValue } from '../model-structure.ts';
import type { PositionalFile } from '../positional.ts';
import type { Probe, TensorFile, TensorReader } from '../tensor-file.ts';
import { brokenFile, shortened } from '../tensor-parts.ts';
import { InlineBudget } from './data.ts';
import { GraphCollector } from './graph.ts';
import { outermost } from './nodes.ts';
import { ExternalFiles, readEntry } from './tensor.ts';
import { readValue } from './values.ts';
import { type Field, fieldsOf, type Source, type Span, textOf } from './wire.ts';

const maxMetadata = 1000;

export const onnxReader: TensorReader = {
  names: /\.onnx$/i,
  match: looksLikeOnnx,
  open: readOnnx,
};

/**
 * The format has no mark of its own. Writers put the fields in the order of their numbers, so a
 * model starts with a small version, followed by fields that a model has.
 */
function looksLikeOnnx({ start }: Probe): boolean {
  const version = start[1] ?? 0;
  if (start[0] !== 0x08 || version < 1 || version > 100) return false;
  // Producer, its version, domain, a graph, operator sets.
  return [0x12, 0x1a, 0x22, 0x3a, 0x42].includes(start[2] ?? 0) && start.length > 8;
}

async function readOnnx(file: PositionalFile): Promise<TensorFile> {
  const source: Source = { window: new FileWindow(file), broken: brokenFile(file.path, 'ONNX') };
  const external = new ExternalFiles(file.path);
  const graphs = new GraphCollector({ source, external, budget: new InlineBudget(source) });
  const model = readModel(source, { from: 0, to: file.size });
  if (!model.graph) return source.broken('it has no graph');
  await graphs.graph(model.graph, '');
  for (const field of fieldsOf(source, { from: 0, to: file.size })) {
    if (field.number !== 25) continue;
    const name = readFunctionName(source, field);
    await graphs.graph(field, `${name}/`, { ...outermost, scope: [name] }, 7);
  }
  const { inputs, outputs } = readValues(source, model.graph);
  const initialised = new Set(graphs.tensors.map(({ name }) => name));
  // Old models list the tensors that they bring along as inputs as well.
  const real = inputs.filter(({ name }) => !initialised.has(name));
  const texts = (values: readonly ModelValue[]) =>
    values.map(({ name, type }) => (type ? `${name}: ${type}` : name));
  return {
    path: file.path,
    format: 'onnx',
    sizeBytes: file.size,
    metadata: new Map([
      ...model.metadata,
      ['inputs', shortened(texts(real).join('\n'))],
      ['outputs', shortened(texts(outputs).join('\n'))],
    ]),
    tensors: graphs.tensors,
    notes: graphs.notes,
    badge: 'data',
    findings: [],
    structure: graphs.structure(real, outputs),
    ...(external.paths.size > 0 && { companions: [...external.paths] }),
  };
}

function readModel(source: Source, span: Span) {
  const metadata = new Map<string, string>();
  const opsets: string[] = [];
  let graph: Field | null = null;
  const names: Readonly<Record<number, string>> = {
    2: 'producer',
    3: 'producer version',
    4: 'domain',
  };
  for (const field of fieldsOf(source, span)) {
    const { number } = field;
    const name = names[number];
    if (number === 1) metadata.set('ir_version', String(field.value));
    else if (name) metadata.set(name, textOf(source, field));
    else if (number === 5) metadata.set('model version', String(field.value));
    else if (number === 7) {
      if (graph) source.broken('it has two graphs');
      graph = field;
    } else if (number === 8 && opsets.length < maxMetadata) opsets.push(readOpset(source, field));
    else if (number === 14 && metadata.size < maxMetadata) {
      const [key, value] = readEntry(source, field);
      metadata.set(key, shortened(value));
    }
  }
  metadata.set('opsets', opsets.join(', '));
  return { metadata, graph };
}

function readOpset(source: Source, span: Span): string {
  let [domain, version] = ['', ''];
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1) domain = textOf(source, field);
    else if (field.number === 2) version = String(field.value);
  }
  return `${domain || 'ai.onnx'} ${version}`;
}

function readFunctionName(source: Source, span: Span): string {
  let [name, domain, overload] = ['', '', ''];
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1) name = textOf(source, field);
    else if (field.number === 10) domain = textOf(source, field);
    else if (field.number === 13) overload = `:${textOf(source, field)}`;
  }
  return `${domain}.${name}${overload}`;
}

function readValues(source: Source, graph: Span) {
  const inputs: ModelValue[] = [];
  const outputs: ModelValue[] = [];
  for (const field of fieldsOf(source, graph)) {
    if (field.number === 11 && inputs.length < 100_000) inputs.push(readValue(source, field));
    else if (field.number === 12 && outputs.length < 1000) outputs.push(readValue(source, field));
  }
  return { inputs, outputs };
}
