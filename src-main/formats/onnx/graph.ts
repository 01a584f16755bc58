/** Graphs: their tensors, and what they do with them. */
import { numeric } from '../dtypes.ts';
import type { ModelStructure, ModelValue, NodeSetting } from '../model-structure.ts';
import type { TensorContent, TensorInfo } from '../tensor-file.ts';
import { maxTensors } from '../tensor-parts.ts';
import { NumberList } from './data.ts';
import { modulesIn, NodeCollector, outermost, type Place, within } from './nodes.ts';
import { settingOf } from './settings.ts';
import { readTensor, type TensorContext } from './tensor.ts';
import { readValue } from './values.ts';
import { fieldsOf, type Span, textOf } from './wire.ts';

const maxDepth = 16;
/** Names of inputs and outputs that are kept of one node. */
const maxNames = 256;
const maxSettings = 100;
/** Lists of numbers up to this length are settings of an operator; longer ones are what it learnt. */
const settingLength = 8;

/** What was found in all graphs of a model. */
export class GraphCollector {
  readonly tensors: TensorInfo[] = [];
  readonly notes: string[] = [];
  readonly #context: TensorContext;
  readonly #names = new Set<string>();
  readonly #nodes = new NodeCollector();

  constructor(context: TensorContext) {
    this.#context = context;
  }

  structure(inputs: readonly ModelValue[], outputs: readonly ModelValue[]): ModelStructure {
    return this.#nodes.structure(inputs, outputs, this.#names);
  }

  /**
   * Reads a GraphProto, or with `nodesIn` 7 the nodes of a FunctionProto.
   * @param prefix of names in graphs inside others
   * @param place what the graph is part of
   */
  async graph(span: Span, prefix: string, place: Place = outermost, nodesIn = 1): Promise<void> {
    const { source } = this.#context;
    if (place.depth > maxDepth) source.broken('its graphs are nested too deeply');
    this.#nodes.enter(prefix, place);
    for (const field of fieldsOf(source, span)) {
      if (field.number === nodesIn) await this.#node(field, prefix, place);
      else if (nodesIn === 1 && [11, 12, 13].includes(field.number)) {
        this.#nodes.value(prefix, readValue(source, field), field.number === 12);
      } else if (nodesIn === 1 && field.number === 5) await this.#tensor(field, prefix, '');
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

  async #node(span: Span, prefix: string, place: Place): Promise<void> {
    const { source } = this.#context;
    const inputs: string[] = [];
    const outputs: string[] = [];
    const settings: NodeSetting[] = [];
    let [name, op, domain, modules] = ['', '', '', ''];
    for (const field of fieldsOf(source, span)) {
      if (field.number === 1 && inputs.length < maxNames) inputs.push(textOf(source, field));
      else if (field.number === 2 && outputs.length < maxNames) outputs.push(textOf(source, field));
      else if (field.number === 3) name = textOf(source, field);
      else if (field.number === 4) op = textOf(source, field);
      else if (field.number === 5 && settings.length < maxSettings)
        settings.push(settingOf(source, field));
      else if (field.number === 7) domain = textOf(source, field);
      else if (field.number === 9) modules = modulesIn(source, field) || modules;
    }
    const title = name || outputs[0] || op;
    const full = domain ? `${domain}.${op}` : op;
    const { scope, owner } = this.#nodes.add(
      { name, op: full, inputs, outputs, settings },
      prefix,
      modules,
    );
    const isConstant = op === 'Constant';
    const inner = { scope: [...scope, title], depth: place.depth + 1, within: prefix, owner };
    const node = { prefix, inner, title, output: isConstant ? outputs[0] : undefined };
    for (const field of fieldsOf(source, span)) {
      if (field.number === 5) await this.#attribute(field, node);
    }
  }

  /** @param node `output` is that of a constant, which is known by it as an initializer is */
  async #attribute(
    span: Span,
    node: { prefix: string; inner: Place; title: string; output: string | undefined },
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
      } else if (number === 6) await this.graph(field, `${path}/`, within(node.inner, name));
      else if (number === 10) await this.#attributeTensor(field, `${path}.${index++}`);
      else if (number === 11) {
        const inner = within(node.inner, `${name}.${index}`);
        await this.graph(field, `${path}.${index++}/`, inner);
      } else if (number === 7) floats.addFloats(field);
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
