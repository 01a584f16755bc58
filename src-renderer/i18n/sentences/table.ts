/**
 * Tables from the core's English to another language. Placeholders, the same on both sides:
 * `{path}` any text, shown as it is; `{#count}` a number; `{*why}` a sentence or a part of one,
 * translated in its turn, which may be empty.
 */
export type SentenceTable = Readonly<Record<string, string>>;

/** The names of all placeholders of a template. */
type Names<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;

type Matching<Table> = {
  [English in keyof Table]: [Names<English & string>] extends [Names<Table[English] & string>]
    ? [Names<Table[English] & string>] extends [Names<English & string>]
      ? Table[English]
      : never
    : never;
};

/** Declares a table; a translation that lacks a placeholder, or has another one, is a type error. */
export function sentences<const Table extends SentenceTable>(
  table: Table & Matching<Table>,
): SentenceTable {
  return table;
}
