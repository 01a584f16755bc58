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
  const names = [...new Set([...theirs.keys(), ...ours.keys()])].toSorted();
  const files = names.map((name) => {
    const [before, after] = [ours.get(name) ?? null, theirs.get(name) ?? null];
    if (before === null) return { name, change: 'added' as const, left: null, right: after };
    if (after === null) return { name, change: 'removed' as const, left: before, right: null };
    const change = before === after ? ('same' as const) : ('modified' as const);
    return { name, change, left: before, right: after };
  });
  return { files, notes: [...new Set(notes)] };
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
