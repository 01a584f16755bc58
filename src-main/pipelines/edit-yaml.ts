/** Changes one value of a YAML or JSON text and nothing else. */
import { isCollection, isMap, isNode, isPair, isScalar, type Node } from 'yaml';
import { parseYamlDocument } from '../formats/yaml.ts';
import { plainValue } from '../formats/yaml-values.ts';

/**
 * @param steps keys and indices down to the value; the last ones may be new
 * @param source the new value as it is to stand in the text
 * @param value the same as a value, for when its key has to be made
 * @returns null when the text cannot be changed in that place
 */
export function editYaml(
  text: string,
  file: string,
  steps: readonly string[],
  source: string,
  value: unknown,
): string | null {
  if (source.includes('\n')) return null;
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const body = text.slice(mark.length);
  const { document } = parseYamlDocument(body, file);
  const found = findValue(document.contents, steps);
  if (found !== null) {
    const [start, end] = found;
    // An empty value (`key:`) has no place of its own, only the end of its colon.
    const space = start === end && !/\s/.test(body[start - 1] ?? ' ') ? ' ' : '';
    return mark + body.slice(0, start) + space + source + body.slice(end);
  }
  if (!canHold(document.contents, steps)) return null;
  document.setIn(steps, plainValue(value));
  return mark + document.toString({ lineWidth: 0 });
}

/** Offsets of the value at a path, without the space behind it. */
function findValue(contents: Node | null, steps: readonly string[]): [number, number] | null {
  let node: unknown = contents;
  for (const step of steps) {
    if (!isCollection(node)) return null;
    const item = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === step)
      : node.items[Number(step)];
    if (item === undefined) return null;
    node = isPair(item) ? item.value : item;
  }
  if (!isNode(node) || node.range == null) return null;
  // A block collection is not replaced by one line without harm to what stands around it.
  if (isCollection(node) && node.flow !== true) return null;
  return [node.range[0], node.range[1]];
}

function canHold(contents: Node | null, steps: readonly string[]): boolean {
  let node: unknown = contents;
  for (const step of steps.slice(0, -1)) {
    if (node == null) return true;
    if (!isMap(node)) return false;
    node = node.get(step, true);
  }
  return node == null || isMap(node);
}
