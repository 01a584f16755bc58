/**
 * Reads the sentences that the core says out of its source: what ends as a sentence does, what errors
 * are made with, and what stands in the fields that the window shows.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

const root = join(import.meta.dirname, '../../../../src-main');

/** Which argument of a call is a sentence. */
const arguments_: Readonly<Record<string, number>> = {
  CairnError: 1,
  RemoteError: 1,
  placed: 1,
  reason: 2,
  corrupt: 0,
  broken: 0,
  damaged: 0,
  edit: 0,
};

/** Fields of results and records, and variables for them, that hold sentences. */
const fields = new Set([
  'detail',
  'error',
  'incomplete',
  'message',
  'note',
  'problem',
  'reason',
  'why',
]);

/** Shells that print to a terminal, other protocols, and what is written into bundles. */
const elsewhere =
  /^(shells\/(cli|page|server)|mlflow|registry|bundles\/crate|store\/migrations|contract)\//;

/** Three words or more, from a capital, a sign or a value to a full stop. */
const wholeSentence = /^[\p{Lu}“"￼][^\n]* [^\n]* [^\n]*[\p{L}￼”")][.?!]$/u;

export interface CoreSentence {
  readonly file: string;
  /** With U+FFFC, the object replacement character, where a value goes. */
  readonly text: string;
}

export const gap = '\uFFFC';

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Every sentence of the core, and (`texts`) every text in its source. */
export function readCore(): { sentences: CoreSentence[]; texts: string[] } {
  const sentences: CoreSentence[] = [];
  const texts: string[] = [];
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = file.replaceAll('\\', '/');
    if (!path.endsWith('.ts')) continue;
    const said = new Set<string>();
    const { program } = parseSync(file, readFileSync(join(root, file), 'utf8'));
    visit(program, (node) => {
      texts.push(...textsOf(node));
      if (elsewhere.test(path)) return;
      for (const text of saidBy(node)) said.add(text);
    });
    for (const text of said) sentences.push({ file: path, text });
  }
  return { sentences, texts };
}

function saidBy(node: Node): string[] {
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const callee = node.callee as Node;
    const { name } = (callee.type === 'MemberExpression' ? callee.property : callee) as Node;
    const index = arguments_[String(name)];
    const said = index === undefined ? undefined : (node.arguments as Node[])[index];
    return said === undefined ? [] : textsUnder(said);
  }
  if (node.type === 'VariableDeclarator') {
    const { name } = node.id as Node;
    return fields.has(String(name)) && node.init !== null ? textsUnder(node.init as Node) : [];
  }
  if (node.type === 'Property') {
    const key = node.key as Node;
    if (key.type !== 'Identifier') return [];
    if (key.name === 'phase')
      return textsOf(node.value as Node).filter((text) => /^[A-Z]/.test(text));
    return fields.has(String(key.name)) ? textsUnder(node.value as Node) : [];
  }
  return textsOf(node).filter((text) => wholeSentence.test(text));
}

/** The texts that an expression may come to. */
function textsUnder(node: Node): string[] {
  if (node.type === 'ConditionalExpression') {
    return [...textsUnder(node.consequent as Node), ...textsUnder(node.alternate as Node)];
  }
  if (node.type === 'LogicalExpression') return textsUnder(node.right as Node);
  // A single word is a code, a name or empty.
  return textsOf(node).filter((text) => /\p{L} \p{L}|￼ \p{L}|\p{L} ￼/u.test(text));
}

function textsOf(node: Node): string[] {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : [];
  if (node.type !== 'TemplateLiteral') return [];
  const parts = node.quasis as { readonly value: { readonly cooked: string } }[];
  return [parts.map((part) => part.value.cooked).join(gap)];
}

function visit(value: unknown, each: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, each);
  else if (typeof value === 'object' && value !== null && 'type' in value) {
    each(value as Node);
    for (const child of Object.values(value)) visit(child, each);
  }
}
