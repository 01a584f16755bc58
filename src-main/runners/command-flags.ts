/**
 * The params that stand in a command itself: `train.py --lr 0.1 --use-ema seed=3`. Named as Python's
 * argparse names them, so that what a script logs of its arguments has the same name.
 */

export interface Flag {
  readonly key: string;
  readonly value: string;
}

/** Longer ones are texts to work on rather than something that is turned. */
const longestValue = 500;
const script = /\.(py|sh|r|jl|js|mjs|ts|m|rb|pl|lua)$/i;
/** The next word is code, one text: what follows is given to it. */
const inline = /^-(c|e|lc|ec|-eval|-command)$/i;
/** `--lr`, `--lr=0.1`, and a single letter, `-n 3`. */
const option = /^(?:--([\p{L}][\p{L}\p{N}_.-]*)|-([\p{L}]))(?:=(.*))?$/su;
/** Hydra's and Sacred's: `optimizer.lr=0.1`, `+depth=3`. */
const assignment = /^(?:\+{1,2}|~)?([\p{L}_][\p{L}\p{N}_./@-]*)=(.*)$/su;
/** A number may be negative; another word with a dash is the next option. */
const isOption = (word: string): boolean =>
  /^--?[\p{L}]/u.test(word) && !/^-(inf|nan)$/i.test(word);
const secret =
  /(^|[_./@])(password|passwd|passphrase|pwd|secret|token|credentials?|(api|access|secret)_?key|auth)$/i;

/**
 * @param argv a command, word by word
 * @returns what is given to its script (or, without one, to its program), each name once, the last
 *   value of each; several words after an option are one value. Nothing that looks like a secret.
 */
export function readFlags(argv: readonly string[]): Flag[] {
  const { words, letters } = given(argv);
  const found = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') break;
    const asOption = option.exec(word);
    if (asOption !== null) {
      if (asOption[1] === undefined && !letters) continue;
      const key = (asOption[1] ?? asOption[2] ?? '').replaceAll('-', '_');
      if (asOption[3] !== undefined) {
        found.set(key, asOption[3]);
        continue;
      }
      const values: string[] = [];
      for (; at + 1 < words.length; at++) {
        const next = words[at + 1] ?? '';
        if (next === '--' || isOption(next)) break;
        // The first word is the option's, whatever it is: `--set a=b`.
        if (values.length > 0 && assignment.test(next)) break;
        values.push(next);
      }
      found.set(key, values.length === 0 ? 'true' : values.join(' '));
      continue;
    }
    const [, key = '', value = ''] = assignment.exec(word) ?? [];
    if (key !== '') found.set(key, value);
  }
  return [...found]
    .filter(([key, value]) => !secret.test(key) && value.length <= longestValue)
    .map(([key, value]) => ({ key, value }));
}

/**
 * The words after the script, after `-m module` and after the code of `-c`; else all but the program,
 * whose single letters are settings of its own.
 */
function given(argv: readonly string[]): { words: readonly string[]; letters: boolean } {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const before = at > 0 && (word === '-m' || inline.test(word)) ? 2 : isScript(word) ? 1 : 0;
    if (before > 0) return { words: argv.slice(at + before), letters: true };
  }
  return { words: argv.slice(1), letters: false };
}

function isScript(word: string): boolean {
  return script.test(word) && !word.startsWith('-');
}
