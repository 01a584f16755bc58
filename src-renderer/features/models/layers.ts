/** Tensors summed up to layers, for the bars and the matrix. */
import { layerChange, layerName, type TensorChange } from '../../client/index.ts';

export interface Layer {
  /** The common prefix, `encoder.layer.3`; a tensor without a dot is its own layer. */
  readonly name: string;
  readonly tensors: readonly TensorChange[];
  /**
   * ‖Δ‖₂ / ‖left‖₂ over the layer's tensors that changed, 0 when none did; null before any was
   * measured, or when left is all zero.
   */
  readonly relativeL2: number | null;
  /** Whether every tensor of the layer is on one side only. */
  readonly only: 'added' | 'removed' | null;
}

/** Layers in the order in which their first tensor comes. */
export function layersOf(tensors: readonly TensorChange[]): Layer[] {
  const groups = new Map<string, TensorChange[]>();
  for (const tensor of tensors) {
    const name = layerName(tensor.name);
    const group = groups.get(name);
    if (group) group.push(tensor);
    else groups.set(name, [tensor]);
  }
  return [...groups].map(([name, members]) => ({
    name,
    tensors: members,
    relativeL2: layerChange(members),
    only: onlySide(members),
  }));
}

function onlySide(tensors: readonly TensorChange[]): Layer['only'] {
  const first = tensors[0]?.change;
  if (first !== 'added' && first !== 'removed') return null;
  return tensors.every((tensor) => tensor.change === first) ? first : null;
}

/** Layer by module: rows are the numbers in the names, columns what stands behind them. */
export interface LayerMatrix {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
}

/**
 * The parts of an attention block in the order of the computation, under the names that Llama, GGUF,
 * GPT and BERT have for them. Other parts stay as they come, behind these.
 */
const knownParts: readonly RegExp[] = [
  /(^|[._])q(uery)?(_proj)?$/,
  /(^|[._])k(ey)?(_proj)?$/,
  /(^|[._])v(alue)?(_proj)?$/,
  /(^|[._])(qkv|c_attn|query_key_value|in_proj)(_proj)?$/,
  /(attn|attention)[._]((o|out)(_proj)?|output|c_proj|dense)$|(^|[._])o_proj$/,
  /(^|[._])gate(_proj)?$/,
  /(^|[._])(up(_proj)?|c_fc)$/,
  /(^|[._])down(_proj)?$|mlp[._]c_proj$/,
];

function placeOf(part: string): number {
  const at = knownParts.findIndex((known) => known.test(part));
  return at < 0 ? knownParts.length : at;
}

/**
 * A matrix for models of repeated blocks: `h.3.attn.q.weight` and its bias are row `h.3`, column
 * `attn.q`. Null when there are not at least three such blocks with the same parts, where it says
 * nothing.
 */
export function layerMatrix(tensors: readonly TensorChange[]): LayerMatrix | null {
  const cells = new Map<string, Map<string, TensorChange[]>>();
  const columns = new Map<string, number>();
  for (const tensor of tensors) {
    const match = /^(.*?[./_]?\d+)[./](.+)$/.exec(tensor.name);
    if (match === null) continue;
    const [, row = '', rest = ''] = match;
    const column = rest.replace(/[./][^./]+$/, '');
    const line = cells.get(row) ?? new Map<string, TensorChange[]>();
    cells.set(row, line);
    const cell = line.get(column);
    if (cell === undefined) {
      line.set(column, [tensor]);
      columns.set(column, (columns.get(column) ?? 0) + 1);
    } else cell.push(tensor);
  }
  const shared = [...columns].filter(([, count]) => count >= 2).map(([name]) => name);
  shared.sort((a, b) => placeOf(a) - placeOf(b));
  const rows = [...cells].filter(([, line]) => shared.some((name) => line.has(name)));
  if (rows.length < 3 || shared.length < 2) return null;
  const collator = new Intl.Collator('en', { numeric: true });
  rows.sort(([a], [b]) => collator.compare(a, b));
  return {
    rows: rows.map(([name]) => name),
    columns: shared,
    values: rows.map(([, line]) => shared.map((name) => cellChange(line.get(name) ?? []))),
  };
}

/** One tensor has its own measure, also where its norm is not known. */
function cellChange(members: readonly TensorChange[]): number | null {
  const [first, ...others] = members;
  return first !== undefined && others.length === 0 ? first.relativeL2 : layerChange(members);
}
