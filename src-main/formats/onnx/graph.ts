/** Graphs: their tensors, and what they do with them. */
import { numeric } from '../dtypes.ts';
import type { GraphNode, ModelStructure, TensorContent, TensorInfo } from '../tensor-file.ts';
import { maxTensors } from '../tensor-parts.ts';
import { NumberList } from './data.ts';
import { readTensor, type TensorContext } from './tensor.ts';
import { fieldsOf, type Span, textOf } from './wire.ts';

const maxDepth = 16;
const maxNodes = 20_000;
/** Names of inputs and outputs that are kept of one node. */
const maxNames = 256;
/** Lists of numbers up to this length are settings of an operator; longer ones are what it learnt. */
const settingLength = 8;

/** What was found in all graphs of a model. */
export class GraphCollector {
  readonly tensors: TensorInfo[] = [];
  readonly notes: string[] = [];
  readonly #context: TensorContext;
  readonly #names = new Set<string>();
  readonly #nodes: GraphNode[] = [];
  #nodeCount = 0;
  #text = 0;

  constructor(context: TensorContext) {
    this.#context = context;
  }

  structure(inputs: readonly string[], outputs: readonly string[]): ModelStructure {
    return { inputs, outputs, nodes: this.#nodes, leftOut: this.#nodeCount - this.#nodes.length };
  }

  /**
   * Reads a GraphProto, or with `nodesIn` 7 the nodes of a FunctionProto.
   * @param prefix of names in graphs inside others
   */
  async graph(span: Span, prefix: string, depth = 0, nodesIn = 1): Promise<void> {
    const { source } = this.#context;
    if (depth > maxDepth) source.broken('its graphs are nested too deeply');
    for (const field of fieldsOf(source, span)) {
      if (field.number === nodesIn) await this.#node(field, prefix, depth);
      else if (nodesIn === 1 && field.number === 5) await this.#tensor(field, prefix, '');
      else if (nodesIn === 1 && field.number === 15) await this.#sparse(field, prefix);
    }
  }

  async #tensor(span: Span, prefix: string, otherwise: string): Promise<void> {
    const tensor = await readTensor(this.#context, span);
    const name = prefix + (tensor.name || otherwise);
    if ('note' in tensor) this.#note(tensor.note);
    else this.#add({ ...tensor, name });
  }

  #add(tensor: TensorInfo): void {
    const { broken } = this.#context.source;
    if (this.#names.has(tensor.name)) {
      broken(`the name ${JSON.stringify(tensor.name)} occurs twice`);
    }
    if (this.tensors.length === maxTensors) broken('it declares over 200 000 tensors');
    this.#names.add(tensor.name);
    this.tensors.push(tensor);
  }

  #note(note: string): void {
    if (this.notes.length < 100) this.notes.push(note);
  }

  /** A SparseTensorProto: values, and where they belong. */
  async #sparse(span: Span, prefix: string): Promise<void> {
    const context = this.#context;
    const read = async (number: number) => {
      for (const field of fieldsOf(context.source, span)) {
        if (field.number === number) return await readTensor(context, field);
      }
      return null;
    };
    const [values, indices] = [await read(1), await read(2)];
    if (!values || 'note' in values) return;
    this.#add({ ...values, name: prefix + values.name });
    if (indices && !('note' in indices)) {
      this.#add({ ...indices, name: `${prefix}${values.name}.indices` });
    }
  }

  async #node(span: Span, prefix: string, depth: number): Promise<void> {
    const { source } = this.#context;
    const inputs: string[] = [];
    const outputs: string[] = [];
    let [name, op, domain] = ['', '', ''];
    for (const field of fieldsOf(source, span)) {
      if (field.number === 1 && inputs.length < maxNames) inputs.push(textOf(source, field));
      else if (field.number === 2 && outputs.length < maxNames) outputs.push(textOf(source, field));
      else if (field.number === 3) name = textOf(source, field);
      else if (field.number === 4) op = textOf(source, field);
      else if (field.number === 7) domain = textOf(source, field);
    }
    this.#keep({ name: prefix + name, op: domain ? `${domain}.${op}` : op, inputs, outputs });
    const title = name || outputs[0] || op;
    const isConstant = op === 'Constant';
    const node = { prefix, depth, title, output: isConstant ? outputs[0] : undefined };
    for (const field of fieldsOf(source, span)) {
      if (field.number === 5) await this.#attribute(field, node);
    }
  }

  #keep(node: GraphNode): void {
    this.#nodeCount++;
    this.#text += [node.name, node.op, ...node.inputs, ...node.outputs].join('').length;
    if (this.#nodes.length < maxNodes && this.#text < 16 * 1024 * 1024) this.#nodes.push(node);
  }

  /** @param node `output` is that of a constant, which is known by it as an initializer is */
  async #attribute(
    span: Span,
    node: { prefix: string; depth: number; title: string; output: string | undefined },
  ): Promise<void> {
    const { source, budget } = this.#context;
    let name = '';
    for (const field of fieldsOf(source, span))
      if (field.number === 1) name = textOf(source, field);
    const path = `${node.prefix}${node.title}.${name}`;
    const [floats, integers] = [new NumberList(source, budget), new NumberList(source, budget)];
    let index = 0;
    for (const field of fieldsOf(source, span)) {
      const { number } = field;
      if (number === 5) {
        const constant = node.output === undefined ? path : node.prefix + node.output;
        await this.#attributeTensor(field, constant);
      } else if (number === 6) await this.graph(field, `${path}/`, node.depth + 1);
      else if (number === 10) await this.#attributeTensor(field, `${path}.${index++}`);
      else if (number === 11) await this.graph(field, `${path}.${index++}/`, node.depth + 1);
      else if (number === 7) floats.addFloats(field);
      else if (number === 8) integers.addIntegers(field);
    }
    this.#numbers(floats.content(), 'f32', path);
    this.#numbers(integers.content(), 'i64', path);
  }

  async #attributeTensor(span: Span, name: string): Promise<void> {
    const tensor = await readTensor(this.#context, span);
    if ('note' in tensor) this.#note(tensor.note.replace('""', JSON.stringify(name)));
    else this.#add({ ...tensor, name });
  }

  /** A list of numbers, such as the thresholds of a forest. */
  #numbers(bytes: TensorContent, type: 'f32' | 'i64', name: string): void {
    const dtype = numeric(type);
    const elements = (bytes.length * 8) / dtype.bits;
    if (!Number.isInteger(elements) || elements <= settingLength) return;
    this.#add({
      name,
      dtype,
      shape: [elements],
      elements,
      bytes,
      bigEndian: false,
      fortranOrder: false,
    });
  }
}
