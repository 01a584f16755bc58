/**
 * Sentences of the core in the language of the window. The core, the command line, the run index
 * and bundles all speak English; so does every record written before. As with gettext, the English
 * sentence is what a translation is found by: a table per language maps templates of the core's
 * sentences to its own, and a sentence that no template fits is shown as it came.
 * A unit test reads the core's source and fails for a sentence that a table lacks.
 */
import i18next from 'i18next';
import type { SentenceTable } from './table.ts';
import { Translator } from './translator.ts';

const translators = new Map<string, Translator>();

/** What the core said, in the language of the window. Call it where the sentence is rendered. */
export function localized(sentence: string): string {
  return translators.get(i18next.language)?.translate(sentence) ?? sentence;
}

/** Gives a language its table, before the window changes to it. */
export function addSentences(language: string, table: SentenceTable): void {
  translators.set(language, new Translator(table));
}
