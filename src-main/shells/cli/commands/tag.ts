/** `cairn tag` and `cairn star`. */
import { CairnError } from '../../../base/errors.ts';
import { oneLine, print, printJson, table } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

/** A change of tags as words: `kind=baseline`, `+reviewed`, `-draft`. */
export interface TagWords {
  readonly references: readonly string[];
  readonly addTags: Record<string, string>;
  readonly removeTags: readonly string[];
}

/**
 * Tells runs from tags. `+tag` sets a tag without a value, `key=value` one with a value, `-tag` takes
 * one away; everything else names a run.
 * @throws CairnError `invalid` for a sign, or a `=`, that stands alone, and for an option
 */
export function readTagWords(words: readonly string[]): TagWords {
  const references: string[] = [];
  const added = new Map<string, string>();
  const removed = new Set<string>();
  const keyOf = (word: string, key: string): string => {
    if (key.trim() !== '') return key.trim();
    throw new CairnError('invalid', `“${word}” names no tag. Write +tag, -tag or key=value.`);
  };
  for (const word of words) {
    const equals = word.indexOf('=');
    if (word.startsWith('--')) {
      throw new CairnError('invalid', `Write ${word} before the runs: “cairn tag ${word} 02.7”.`);
    }
    if (word.startsWith('-')) removed.add(keyOf(word, word.slice(1)));
    else if (equals !== -1) {
      const key = word.slice(word.startsWith('+') ? 1 : 0, equals);
      added.set(keyOf(word, key), word.slice(equals + 1));
    } else if (word.startsWith('+')) added.set(keyOf(word, word.slice(1)), '');
    else references.push(word);
  }
  return { references, addTags: Object.fromEntries(added), removeTags: [...removed] };
}

export async function tag(options: GlobalOptions, words: readonly string[]): Promise<void> {
  const { references, addTags, removeTags } = readTagWords(words);
  if (references.length === 0) {
    throw new CairnError('invalid', 'Which runs? “cairn tag 02.7 kind=baseline”.');
  }
  await withWorkspace(options, async (cli) => {
    const ids = await resolveAll(cli, references);
    if (Object.keys(addTags).length + removeTags.length === 0) {
      return listTags(cli, ids, options.json);
    }
    report(
      await cli.call('runs.edit', { ids, addTags, removeTags: [...removeTags] }),
      options.json,
    );
  });
}

export async function star(
  options: GlobalOptions & { readonly remove: boolean },
  references: readonly string[],
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    const ids = await resolveAll(cli, references);
    report(await cli.call('runs.edit', { ids, starred: !options.remove }), options.json);
  });
}

/** `cairn merge`: runs that are the same run seen twice. */
export async function merge(
  options: GlobalOptions & { readonly into: string },
  references: readonly string[],
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    const [into, ...ids] = await resolveAll(cli, [options.into, ...references]);
    const done = await cli.call('runs.mergeDuplicates', { into: into as string, ids });
    if (options.json) printJson(done);
    else {
      print(`Merged ${count(done.merged.length)} into ${options.into}.`);
      print('The others are in the trash. “cairn experiments --undo” takes it back.');
    }
  });
}

async function listTags(cli: CliSession, ids: string[], json: boolean): Promise<void> {
  const { tags } = await cli.ask('runs.tags', { ids });
  if (json) printJson({ tags });
  else if (tags.length === 0) print('No tags.');
  else {
    const cells = tags.map((one) => [
      oneLine(one.key, 60),
      one.value === null ? '(several)' : oneLine(one.value, 80),
      String(one.runs),
    ]);
    print(table(['tag', 'value', 'runs'], cells, [2]));
  }
}

function report(done: { changed: string[] }, json: boolean): void {
  if (json) printJson(done);
  else if (done.changed.length === 0) print('Nothing to change.');
  else {
    print(`Changed ${count(done.changed.length)}. “cairn experiments --undo” takes it back.`);
  }
}

function resolveAll(cli: CliSession, references: readonly string[]): Promise<string[]> {
  return Promise.all(
    references.map(async (reference) => (await cli.ask('runs.resolve', { reference })).id),
  );
}

function count(runs: number): string {
  return runs === 1 ? '1 run' : `${runs} runs`;
}
