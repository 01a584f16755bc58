/** The inputs and outputs of a graph, in words. */
import type { ModelValue } from '../model-structure.ts';
import { onnxTypes } from './data.ts';
import { fieldsOf, type Source, type Span, textOf } from './wire.ts';

/** Reads a ValueInfoProto. */
export function readValue(source: Source, span: Span): ModelValue {
  let [name, type] = ['', ''];
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1) name = textOf(source, field);
    else if (field.number === 2) type = readType(source, field);
  }
  return { name, type };
}

/** A TypeProto; what is no tensor is only called by its kind. */
function readType(source: Source, span: Span): string {
  const kinds: Readonly<Record<number, string>> = {
    4: 'sequence',
    5: 'map',
    8: 'sparse',
    9: 'optional',
  };
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1) return readTensorType(source, field);
    const kind = kinds[field.number];
    if (kind) return kind;
  }
  return '';
}

function readTensorType(source: Source, span: Span): string {
  let type = '';
  let shape: string | null = null;
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1)
      type = field.value === 8 ? 'str' : (onnxTypes.get(field.value)?.name ?? '');
    else if (field.number === 2) {
      const dimensions: string[] = [];
      for (const dimension of fieldsOf(source, field)) {
        if (dimension.number === 1 && dimensions.length < 64)
          dimensions.push(readDimension(source, dimension));
      }
      shape = `[${dimensions.join(', ')}]`;
    }
  }
  return type + (shape ?? '');
}

function readDimension(source: Source, span: Span): string {
  for (const field of fieldsOf(source, span)) {
    if (field.number === 1) return String(field.value);
    if (field.number === 2) return textOf(source, field);
  }
  return '?';
}
