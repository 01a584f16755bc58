/**
 * A dvc.lock that is being updated: the stage that ran is written anew, every other byte stays.
 * Each stage is a block of lines, so that an update of one costs the same in a file of thousands.
 */
import {
  emptyLock,
  type LockFile,
  type LockStage,
  parseLock,
  serialiseLock,
} from '../formats/dvc-lock.ts';
import { sameValue } from './values.ts';

interface Block {
  readonly name: string;
  text: string;
}

export class LockDocument {
  readonly #stages: Map<string, LockStage>;
  #head: string;
  #blocks: Block[];
  #tail: string;

  /**
   * @param text null when there is no file yet
   * @param file named in errors
   * @throws CairnError `invalid` when the text is no lockfile
   */
  constructor(text: string | null, file: string) {
    const lock: LockFile = text === null ? emptyLock : parseLock(text, file);
    this.#stages = new Map(Object.entries(lock.stages));
    const split = text === null ? null : splitBlocks(text);
    const intact =
      split !== null &&
      split.blocks.length === this.#stages.size &&
      split.blocks.every((block) => this.#stages.has(block.name));
    if (intact) {
      [this.#head, this.#blocks, this.#tail] = [split.head, split.blocks, split.tail];
    } else {
      // Not laid out as DVC does it (flow style, the old schema): written anew as a whole.
      const fresh = splitBlocks(serialiseLock(lock));
      this.#head = fresh?.head ?? "schema: '2.0'\nstages:\n";
      this.#blocks = fresh?.blocks ?? [];
      this.#tail = fresh?.tail ?? '';
    }
  }

  stage(name: string): LockStage | null {
    return this.#stages.get(name) ?? null;
  }

  /** Records a stage. @returns whether that changed anything */
  set(name: string, stage: LockStage): boolean {
    const before = this.#stages.get(name);
    if (before !== undefined && sameValue(before, stage)) return false;
    this.#stages.set(name, stage);
    const text = blockOf(name, stage);
    const block = this.#blocks.find((one) => one.name === name);
    if (block === undefined) this.#blocks.push({ name, text });
    else block.text = text;
    return true;
  }

  toString(): string {
    return this.#head + this.#blocks.map((block) => block.text).join('') + this.#tail;
  }
}

/** The lines of one stage, as DVC writes them. */
function blockOf(name: string, stage: LockStage): string {
  const text = serialiseLock({ schema: '2.0', stages: { [name]: stage } });
  return text.slice(text.indexOf('\nstages:\n') + '\nstages:\n'.length);
}

/** Splits the text at the stages, or null when it is laid out in another way. */
function splitBlocks(text: string): { head: string; blocks: Block[]; tail: string } | null {
  const start = /^stages:[ \t]*(\{\})?[ \t]*\r?\n/m.exec(text);
  if (start === null) return null;
  const from = start.index + start[0].length;
  const end = /^[^\s#]/m.exec(text.slice(from));
  const to = end === null ? text.length : from + end.index;
  const head =
    start[1] === undefined ? text.slice(0, from) : `${text.slice(0, start.index)}stages:\n`;
  const body = text.slice(from, to);
  const closed = body === '' || body.endsWith('\n') ? body : `${body}\n`;
  // DVC puts a long name behind a question mark, on a line of its own.
  const starts = Array.from(closed.matchAll(/^ {2}(?:\? (\S.*?)|(?!\? |: )(\S.*):)[ \t]*\r?$/gm));
  if (starts.length > 0 && starts[0]?.index !== 0) return null;
  const blocks = starts.map((match, index) => ({
    name: unquote((match[1] ?? match[2]) as string),
    text: closed.slice(match.index, starts[index + 1]?.index ?? closed.length),
  }));
  if (blocks.length === 0 && closed.trim() !== '') return null;
  return { head, blocks, tail: text.slice(to) };
}

function unquote(key: string): string {
  if (/^'.*'$/.test(key)) return key.slice(1, -1).replaceAll("''", "'");
  if (!/^".*"$/.test(key)) return key;
  try {
    return String(JSON.parse(key));
  } catch {
    return key;
  }
}
