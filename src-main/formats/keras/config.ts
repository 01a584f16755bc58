/**
 * What a Keras configuration says: the layers, how they are connected, and which Python functions
 * and classes it names. Nothing is looked up or made from it.
 */
import { JsonReader } from '../json-reader.ts';
import { type JsonObject, type JsonValue, readJsonValue } from '../json-values.ts';
import { type ModelStructure, NodeList, type NodeSetting } from '../model-structure.ts';
import type { TensorBadge } from '../tensor-file.ts';
import { type Broken, shortened } from '../tensor-parts.ts';

export interface KerasConfig {
  readonly className: string;
  readonly name: string;
  readonly structure: ModelStructure;
  readonly badge: TensorBadge;
  readonly findings: readonly string[];
}

const maxFindings = 100;
/** Modules whose classes Keras makes by itself when it loads a model. */
const knownModules = /^(keras|tf_keras|tensorflow|keras_hub|keras_nlp|keras_cv)(\.|$)/;
/** Functions of Keras that fetch or load files, or lift its own guard. */
const dangerousNames =
  /^(get_file|load_model|load_weights|enable_unsafe_deserialization|import_module)$/;
const dangerousModules =
  /^(os|posix|nt|subprocess|sys|shutil|socket|runpy|importlib|ctypes|pickle|marshal|pty|code)(\.|$)/;
const dangerousBuiltins = /^(eval|exec|compile|open|__import__|getattr|setattr|breakpoint|input)$/;

/** Reads the configuration of a model, as JSON. */
export function readConfig(text: string, broken: Broken): KerasConfig {
  const json = new JsonReader(text, (problem) => broken(`${problem} in its configuration`));
  const root = readJsonValue(json);
  json.end();
  if (!isObject(root)) return broken('its configuration is no object');
  const list = new NodeList();
  const edges = { inputs: [] as string[], outputs: [] as string[] };
  collectLayers(root, [], list, edges);
  const { nodes, leftOut } = list;
  const values = (names: readonly string[]) => names.map((name) => ({ name, type: '' }));
  return {
    className: text_(root.get('class_name')),
    name: text_(inner(root).get('name')),
    structure: {
      kind: 'layers',
      inputs: values(edges.inputs),
      outputs: values(edges.outputs),
      nodes,
      leftOut,
      types: new Map(),
    },
    ...judge(root),
  };
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function text_(value: JsonValue | undefined): string {
  return typeof value === 'string' ? shortened(value, 500) : '';
}

function inner(object: JsonObject): JsonObject {
  const config = object.get('config');
  return isObject(config) ? config : new Map();
}

/** Layers of a model, and of the models that are layers of it. */
function collectLayers(
  model: JsonObject,
  scope: readonly string[],
  layersFound: NodeList,
  edges: { inputs: string[]; outputs: string[] },
): void {
  const config = inner(model);
  const layers = config.get('layers');
  // Old sequential models are a list of layers without more.
  const list = isList(layers) ? layers : isList(model.get('config')) ? model.get('config') : [];
  const prefix = scope.map((name) => `${name}/`).join('');
  let previous: string | null = null;
  for (const layer of isList(list) ? list : []) {
    if (!isObject(layer)) continue;
    const op = text_(layer.get('class_name'));
    const own = text_(inner(layer).get('name')) || text_(layer.get('name'));
    const name = prefix + own;
    const inbound = new Set<string>();
    collectInbound(layer.get('inbound_nodes'), inbound);
    let inputs = [...inbound].map((one) => prefix + one);
    // Layers of a sequential model feed one another.
    if (!layer.has('inbound_nodes') && previous !== null) inputs = [previous];
    layersFound.add({ name, op, inputs, outputs: [name], settings: settingsOf(layer), scope });
    previous = name;
    if (isList(inner(layer).get('layers'))) {
      collectLayers(layer, [...scope, own], layersFound, edges);
    }
  }
  if (scope.length > 0) return;
  const [inputs, outputs] = [new Set<string>(), new Set<string>()];
  collectInbound(config.get('input_layers'), inputs);
  collectInbound(config.get('output_layers'), outputs);
  edges.inputs.push(...inputs);
  edges.outputs.push(...outputs);
}

/** Keys of a layer that are told otherwise, or say nothing about it. */
const untold: ReadonlySet<string> = new Set(['name', 'layers', 'input_layers', 'output_layers']);

/** What Keras 2 called otherwise than Keras 3 does. */
const renamed: ReadonlyMap<string, string> = new Map([['batch_input_shape', 'batch_shape']]);

/** What a layer was made with, and the shape it was built for. */
function settingsOf(layer: JsonObject): NodeSetting[] {
  const settings: NodeSetting[] = [];
  for (const [key, value] of inner(layer)) {
    if (!untold.has(key) && value !== null)
      settings.push([renamed.get(key) ?? key, inWords(value)]);
  }
  const build = layer.get('build_config');
  const shape = isObject(build) ? build.get('input_shape') : undefined;
  if (shape) settings.push(['input_shape', inWords(shape)]);
  return settings;
}

const maxWords = 300;

/** A value in one line: `GlorotUniform(seed=3)` for an object of a class, `[1, 2]` for a list. */
function inWords(value: JsonValue): string {
  if (value instanceof Float64Array) return shortened(`[${value.join(', ')}]`, maxWords);
  if (isList(value))
    return shortened(`[${[...value.slice(0, 20)].map(inWords).join(', ')}]`, maxWords);
  if (!isObject(value))
    return typeof value === 'string' ? shortened(value, maxWords) : String(value);
  const op = value.get('class_name');
  if (typeof op !== 'string') return membersInWords(value, '{', ': ', '}');
  const config = value.get('config');
  // Keras 2 has only the name.
  if (op === 'DTypePolicy' && isObject(config)) return text_(config.get('name'));
  if (isObject(config)) return membersInWords(config, `${op}(`, '=', ')');
  return typeof config === 'string' ? `${op}(${shortened(config, maxWords)})` : op;
}

function membersInWords(object: JsonObject, open: string, is: string, close: string): string {
  const members = [...object].slice(0, 50).filter(([, value]) => value !== null);
  const words = members.map(([key, value]) => `${key}${is}${inWords(value)}`);
  return shortened(`${open}${words.join(', ')}${close}`, maxWords);
}

/**
 * The layers that a layer follows: `["name", 0, 0, {…}]` in Keras 2, `"keras_history": ["name", 0, 0]`
 * in Keras 3, at any depth.
 */
function collectInbound(value: JsonValue | undefined, names: Set<string>): void {
  if (isObject(value)) {
    for (const member of value.values()) collectInbound(member, names);
  } else if (isList(value)) {
    const [name, node] = value;
    if (typeof name === 'string' && typeof node === 'number') names.add(name);
    else for (const item of value) collectInbound(item, names);
  }
}

/** Looks at everything that names Python code. */
function judge(root: JsonObject): { badge: TensorBadge; findings: string[] } {
  const findings = new Set<string>();
  let badge: TensorBadge = 'code-capable';
  const find = (worse: TensorBadge, finding: string) => {
    if (findings.size < maxFindings) findings.add(finding);
    if (worse === 'dangerous' || badge !== 'dangerous') badge = worse;
  };
  const look = (value: JsonValue): void => {
    if (isList(value)) for (const item of value) look(item);
    if (!isObject(value)) return;
    const op = text_(value.get('class_name'));
    const module = text_(value.get('module'));
    const names = [op, text_(value.get('config'))];
    if (op === 'Lambda') {
      const name = JSON.stringify(text_(inner(value).get('name')));
      find(badge, `The layer ${name} is a Lambda layer: a Python function that is in the file.`);
    } else if (op === '__lambda__') {
      find(badge, 'It holds the code of a Python function.');
    }
    if (op.includes('>')) {
      find('unknown-globals', `It names ${op}, a class or function that is not part of Keras.`);
    }
    if (op !== '' && module !== '') {
      const path = `${module}.${module === 'builtins' ? names[1] || op : op}`;
      if (
        dangerousModules.test(module) ||
        names.some((name) => dangerousNames.test(name)) ||
        (module === 'builtins' && names.some((name) => dangerousBuiltins.test(name)))
      ) {
        find('dangerous', `It names ${path}, which reaches beyond the model when it is loaded.`);
      } else if (!knownModules.test(module) && module !== 'builtins') {
        find('unknown-globals', `It names ${path}, a class or function that is not part of Keras.`);
      }
    }
    for (const member of value.values()) look(member);
  };
  look(root);
  return { badge, findings: [...findings] };
}
