/** Attributes of a node, in words. */
import type { NodeSetting } from '../model-structure.ts';
import { shortened } from '../tensor-parts.ts';
import { onnxTypes } from './data.ts';
import { type Field, fieldsOf, type Source, type Span, textOf, varintsOf, wire } from './wire.ts';

/** Numbers and words of a list that are shown. */
const shown = 8;
const maxTextBytes = 1000;

/** Reads an AttributeProto as far as it can be shown in a line. */
export function settingOf(source: Source, span: Span): NodeSetting {
  let [name, value] = ['', ''];
  const items: string[] = [];
  let [more, isList] = [0, false];
  const add = (texts: Iterable<string>): void => {
    isList = true;
    for (const text of texts) {
      if (items.length < shown) items.push(text);
      else more++;
    }
  };
  for (const field of fieldsOf(source, span)) {
    const { number } = field;
    if (number === 1) name = textOf(source, field);
    else if (number === 2) [value = ''] = floatsOf(source, field);
    else if (number === 3) [value = ''] = integersOf(source, field);
    else if (number === 4) value = wordsOf(source, field);
    else if (number === 5 || number === 22) value = tensorText(source, field);
    else if (number === 6) value = graphText(source, field);
    else if (number === 7) add(floatsOf(source, field));
    else if (number === 8) add(integersOf(source, field));
    else if (number === 9) add([JSON.stringify(wordsOf(source, field))]);
    else if (number === 10 || number === 23) add([tensorText(source, field)]);
    else if (number === 11) add([graphText(source, field)]);
    else if (number === 21) value = `@${textOf(source, field)}`;
  }
  if (!isList) return [name, value];
  return [name, `[${items.join(', ')}${more > 0 ? `, … ${more} more` : ''}]`];
}

/** One number of 32 bits, or many in a row. */
function* floatsOf(source: Source, { type, from, to }: Field): Generator<string, void> {
  if (type === wire.varint) source.broken('a number has the wrong type');
  for (let at = from; at + 4 <= to; at += 4) yield shortestFloat(source.window.f32(at));
}

function* integersOf(source: Source, field: Field): Generator<string, void> {
  if (field.type === wire.fixed32 || field.type === wire.fixed64) return;
  for (const value of varintsOf(source, field)) yield String(BigInt.asIntN(64, value));
}

/** The fewest digits that still are this float32. */
function shortestFloat(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
}

function wordsOf({ window }: Source, { from, to }: Field): string {
  return shortened(window.text(from, Math.min(to - from, maxTextBytes)), 200);
}

/** `f32[3, 4]`. */
function tensorText(source: Source, span: Span): string {
  let type = '';
  const shape: string[] = [];
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1 && shape.length < shown) shape.push(...integersOf(source, field));
    else if (field.number === 2) type = onnxTypes.get(field.value)?.name ?? 'text';
  }
  return `${type}[${shape.slice(0, shown).join(', ')}]`;
}

function graphText(source: Source, span: Span): string {
  let nodes = 0;
  for (const field of fieldsOf(source, span)) if (field.number === 1) nodes++;
  return nodes === 1 ? 'a graph of 1 node' : `a graph of ${nodes} nodes`;
}
