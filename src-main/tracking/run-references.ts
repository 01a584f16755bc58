/** Notes that speak of runs by their numbers go on speaking of the same runs when numbers change. */
import { splitFences } from '../base/fences.ts';
import { runReference } from '../contract/run-references.ts';
import { readTextsWithReferences, rewriteText } from '../store/note-texts.ts';
import type { Store } from '../store/store.ts';
import { parseRunLabel, runLabel } from './labels.ts';

/** Changes numbers, and rewrites what notes say of the runs that have others now. Inside a transaction. */
export function keepReferences(store: Store, renumber: () => void): void {
  const texts = readTextsWithReferences(store);
  const runs = new Map<string, string>();
  for (const { text } of texts) {
    mapReferences(text, (label) => {
      const id = runs.has(label) ? undefined : findRun(store, label);
      if (id !== undefined) runs.set(label, id);
      return label;
    });
  }
  renumber();
  const numbers = new Map([...runs].map(([label, id]) => [label, labelOf(store, id) ?? label]));
  for (const note of texts) {
    const text = mapReferences(note.text, (label) => numbers.get(label) ?? label);
    if (text !== note.text) rewriteText(store, { ...note, text });
  }
}

/** Code within a line means itself. */
const codeSpan = /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs;
/** The sides of a live block that compares. */
const side = /(?<![\w./~^-])#?(\d+\.\d+)(?![\w./~^-])/g;

/**
 * Replaces every number of a run that a note means: `#02.7` outside of code, and the sides of
 * `cairn diff` blocks. A number that stays the same stays as it was written.
 */
export function mapReferences(text: string, map: (label: string) => string): string {
  const replace = (part: string, pattern: RegExp): string =>
    part.replace(pattern, (whole, number: string) => {
      const label = canonical(number);
      const mapped = map(label);
      return mapped === label ? whole : whole.replace(number, mapped);
    });
  return splitFences(text)
    .map((part) => {
      if (part.kind === 'text') {
        return outside(part.source, codeSpan, (words) => replace(words, runReference));
      }
      return /^cairn diff\b/.test(part.info) ? replace(part.source, side) : part.source;
    })
    .join('\n');
}

/** Changes what lies between the matches of a pattern. */
function outside(text: string, pattern: RegExp, change: (part: string) => string): string {
  let changed = '';
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    changed += change(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return changed + change(text.slice(from));
}

function canonical(number: string): string {
  const label = parseRunLabel(number);
  return label === null ? number : runLabel(label.experiment, label.run);
}

function findRun(store: Store, label: string): string | undefined {
  const place = parseRunLabel(label);
  if (place === null) return undefined;
  return store
    .prepare<[number, number], string>(
      `SELECT r.id FROM runs r JOIN experiments e ON e.id = r.experiment_id
       WHERE e.number = ? AND r.number = ?`,
    )
    .pluck()
    .get(place.experiment, place.run);
}

function labelOf(store: Store, id: string): string | undefined {
  const place = store
    .prepare<[string], { experiment: number; run: number }>(
      `SELECT e.number AS experiment, r.number AS run
       FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE r.id = ?`,
    )
    .get(id);
  return place && runLabel(place.experiment, place.run);
}
