/** Finds the template that a finished sentence was made from, and fills its translation. */
import type { SentenceTable } from './table.ts';

interface Template {
  /** The fixed text before, between and after the placeholders. */
  readonly fixed: readonly string[];
  /** With their marks: `path`, `#count`, `*why`. */
  readonly names: readonly string[];
  readonly translation: string;
}

const placeholder = /\{([#*]?\w+)\}/;
const number = /^[\d., ]*\d$/;
/** Where in a file: `dvc.yaml:12:5: `. */
const place = /^([^\s:][^\n]*?(?::\d+){1,2}: )(.+)$/s;
/** What a sentence is about: `model.pt: `. */
const subject = /^([^\n]+?: )(.+)$/s;

/** Sentences nest a few levels; what goes deeper was not written by the core. */
const deepest = 6;

export class Translator {
  readonly #exact = new Map<string, string>();
  /** Those that begin with words of their own come first, then those with most of them. */
  readonly #templates: readonly Template[];

  constructor(table: SentenceTable) {
    const templates: Template[] = [];
    for (const [english, translation] of Object.entries(table)) {
      const parts = english.split(placeholder);
      const fixed = parts.filter((_, index) => index % 2 === 0);
      const names = parts.filter((_, index) => index % 2 === 1);
      if (names.length === 0) this.#exact.set(english, translation);
      else templates.push({ fixed, names, translation });
    }
    const begins = ({ fixed }: Template) => (fixed[0] === '' ? 0 : 1);
    const weight = ({ fixed }: Template) => fixed.join('').length;
    this.#templates = templates.sort((a, b) => begins(b) - begins(a) || weight(b) - weight(a));
  }

  /** The translation, or null when no template fits. */
  translate(sentence: string): string | null {
    return this.#translate(sentence, 0);
  }

  #translate(text: string, depth: number): string | null {
    const exact = this.#exact.get(text);
    if (exact !== undefined) return exact;
    if (depth > deepest || text === '') return null;
    return (
      this.#list(text, depth) ??
      this.#after(place, text, depth) ??
      this.#template(text, depth) ??
      this.#after(subject, text, depth)
    );
  }

  /** Reasons beside one another, when each of them is known. */
  #list(text: string, depth: number): string | null {
    const parts = text.split('; ');
    if (parts.length === 1) return null;
    const found: string[] = [];
    for (const part of parts) {
      const translated = this.#translate(part, depth + 1);
      if (translated === null) return null;
      found.push(translated);
    }
    return found.join('；');
  }

  /** A known sentence behind a prefix, which stays. */
  #after(pattern: RegExp, text: string, depth: number): string | null {
    const [, prefix, rest] = pattern.exec(text) ?? [];
    if (prefix === undefined || rest === undefined) return null;
    const translated = this.#translate(rest, depth + 1);
    return translated === null ? null : prefix + translated;
  }

  #template(text: string, depth: number): string | null {
    for (const template of this.#templates) {
      const values = valuesIn(text, template);
      if (values === null) continue;
      return template.translation.replace(new RegExp(placeholder, 'g'), (_, name: string) => {
        const value = values.get(name) ?? '';
        return name.startsWith('*') ? (this.#translate(value, depth + 1) ?? value) : value;
      });
    }
    return null;
  }
}

/** What stands where the placeholders are, or null where the fixed text does not fit. */
function valuesIn(text: string, { fixed, names }: Template): Map<string, string> | null {
  const [first = ''] = fixed;
  const last = fixed.at(-1) ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return null;
  const values = new Map<string, string>();
  let from = first.length;
  for (const [index, name] of names.entries()) {
    const next = fixed[index + 1] ?? '';
    const isLast = index === names.length - 1;
    const least = name.startsWith('*') ? from : from + 1;
    const to = isLast ? text.length - last.length : text.indexOf(next, least);
    if (to < least) return null;
    const value = text.slice(from, to);
    if (name.startsWith('#') && !number.test(value)) return null;
    values.set(name, value);
    from = to + next.length;
  }
  return values;
}
