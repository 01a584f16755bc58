/**
 * Params in a Python file: plain assignments of literals, at the top, in classes, and to `self` in
 * `__init__`. The file is read, never run; what is no literal is passed over.
 * Source: DVC's reference, “params”, Python files.
 */
import { readPythonLiteral } from './python-values.ts';

type Values = Record<string, unknown>;

interface Block {
  readonly indent: number;
  readonly values: Values | null;
  /** `self.x = …` counts here and plain names do not. */
  readonly method: boolean;
}

export function parsePythonAssignments(text: string): Values {
  const top: Values = Object.create(null);
  const blocks: Block[] = [{ indent: -1, values: top, method: false }];
  for (const { indent, source } of logicalLines(text)) {
    while (blocks.length > 1 && indent <= (blocks.at(-1) as Block).indent) blocks.pop();
    const block = blocks.at(-1) as Block;
    const opened = openBlock(source, block, indent);
    if (opened !== null) {
      blocks.push(opened);
    } else if (block.values !== null) {
      assign(source, block.values, block.method);
    }
  }
  return top;
}

/** A line that ends in a colon begins a block; only classes and `__init__` are looked into. */
function openBlock(source: string, outer: Block, indent: number): Block | null {
  const named = /^class\s+(\w+)[^=]*:$/.exec(source)?.[1];
  if (named !== undefined) {
    if (outer.values === null || outer.method) return { indent, values: null, method: false };
    const values: Values = Object.create(null);
    outer.values[named] = values;
    return { indent, values, method: false };
  }
  if (/^def\s+__init__\s*\(/.test(source)) return { indent, values: outer.values, method: true };
  const header =
    /^(?:async\s+)?(?:def|if|elif|else|for|while|with|try|except|finally|match|case)\b/;
  return header.test(source) && source.endsWith(':')
    ? { indent, values: null, method: false }
    : null;
}

function assign(source: string, values: Values, method: boolean): void {
  const match = /^(self\.)?([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)\s*(.+)$/s.exec(source);
  if (match === null || (match[1] !== undefined) !== method) return;
  const found = readPythonLiteral(match[3] as string);
  if (found !== undefined) values[match[2] as string] = found.value;
}

/** Lines joined over brackets and triple quotes, without comments and blank lines. */
function* logicalLines(text: string): Generator<{ indent: number; source: string }> {
  const token =
    /("""|''')[\s\S]*?(?:(?<!\\)\1|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|\\\r?\n|\r?\n|[([{]|[)\]}]|[^"'#\\\n\r([{)\]}]+|[\s\S]/g;
  let source = '';
  let depth = 0;
  for (const [piece] of text.matchAll(token)) {
    if (piece.startsWith('#') || /^\\\r?\n$/.test(piece)) continue;
    if (/^\r?\n$/.test(piece) && depth === 0) {
      yield* oneLine(source);
      source = '';
      continue;
    }
    if (/^[([{]$/.test(piece)) depth++;
    if (/^[)\]}]$/.test(piece)) depth = Math.max(0, depth - 1);
    source += piece;
  }
  yield* oneLine(source);
}

function* oneLine(source: string): Generator<{ indent: number; source: string }> {
  const trimmed = source.trim();
  if (trimmed === '') return;
  const margin = /^[ \t]*/.exec(source)?.[0] ?? '';
  yield { indent: margin.replaceAll('\t', '        ').length, source: trimmed };
}
