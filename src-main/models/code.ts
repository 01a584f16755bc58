/** The source texts that model files carry, as text beside text. */
import type { Output } from '../contract/index.ts';
import type { CodeFile, TensorFile } from '../formats/tensor-file.ts';
import { openTensorBytes } from '../formats/tensors.ts';

/** TorchScript's code has a file for each module; larger ones are written to be large. */
const maxFileBytes = 4 * 1024 * 1024;
const maxBytes = 16 * 1024 * 1024;
const maxFiles = 1000;

/** @param right null for one file */
export async function compareCode(
  left: TensorFile,
  right: TensorFile | null,
): Promise<Output<'diff.modelCode'>> {
  const notes: string[] = [];
  const budget = { bytes: maxBytes };
  const ours = await textsOf(left, budget, notes);
  const theirs = right === null ? ours : await textsOf(right, budget, notes);
  const others = mangledPairs([...ours.keys()], [...theirs.keys()]);
  const matched = new Set(others.values());
  const own = [...ours.keys()].filter((name) => !matched.has(name));
  const names = [...new Set([...theirs.keys(), ...own])].toSorted();
  const files = names.map((name) => {
    const before = ours.get(others.get(name) ?? name) ?? null;
    const after = theirs.get(name) ?? null;
    if (before === null) return { name, change: 'added' as const, left: null, right: after };
    if (after === null) return { name, change: 'removed' as const, left: before, right: null };
    const change = before === after ? ('same' as const) : ('modified' as const);
    return { name, change, left: before, right: after };
  });
  return { files, notes: [...new Set(notes)] };
}

/**
 * A class that a process traces a second time is called `___torch_mangle_5.Net`: files that are left over on both
 * sides are the same one when nothing but that tells their names apart.
 * @returns names on the left by those on the right
 */
export function mangledPairs(
  left: readonly string[],
  right: readonly string[],
): ReadonlyMap<string, string> {
  const plain = (name: string): string => name.replace(/\/?___torch_mangle_\d+/g, '');
  const leftOver = (names: readonly string[], others: ReadonlySet<string>) =>
    Map.groupBy(
      names.filter((name) => !others.has(name)),
      plain,
    );
  const ours = leftOver(left, new Set(right));
  const theirs = leftOver(right, new Set(left));
  const pairs = new Map<string, string>();
  for (const [name, [theirName, ...more]] of theirs) {
    const [ourName, ...further] = ours.get(name) ?? [];
    // Several of one name: nobody can tell which is which.
    if (ourName === undefined || theirName === undefined) continue;
    if (more.length === 0 && further.length === 0) pairs.set(theirName, ourName);
  }
  return pairs;
}

async function textsOf(
  { code = [] }: TensorFile,
  budget: { bytes: number },
  notes: string[],
): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const file of code.slice(0, maxFiles)) {
    if (file.bytes.length > Math.min(maxFileBytes, budget.bytes)) {
      notes.push(`The code in ${file.name} is too large to be shown.`);
      continue;
    }
    budget.bytes -= file.bytes.length;
    texts.set(file.name, await read(file));
  }
  if (code.length > maxFiles) notes.push(`${code.length - maxFiles} files of code are not shown.`);
  return texts;
}

async function read({ bytes }: CodeFile): Promise<string> {
  const opened = await openTensorBytes(bytes);
  try {
    const text = Buffer.alloc(opened.length);
    opened.read(text, 0);
    return text.toString('utf8');
  } finally {
    opened.close();
  }
}
