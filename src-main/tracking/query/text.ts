/**
 * Words of runs. Writers only note whose words changed; the index is brought up to date when
 * somebody looks for words.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Marks, markRuns, type SeqStatement } from '../../store/run-search.ts';
import * as textStore from '../../store/run-text.ts';
import type { Store } from '../../store/store.ts';
import { parseRunLabel } from '../labels.ts';
import { logPath } from '../log-path.ts';
import { foldCase } from './functions.ts';
import type { Filter } from './types.ts';

/** Runs indexed in one transaction, so that others who write do not wait long. */
const batch = 500;
/** How much of the end of a log is indexed, bytes. */
const logBytes = 4096;

/** Brings the index up to date. Logs lie beside the database. */
export function foldText(store: Store): void {
  while (textStore.readStaleRuns(store, 1).length > 0) {
    store.transaction(() => {
      const seqs = textStore.readStaleRuns(store, batch);
      const runs = textStore.readRunTexts(store, seqs);
      const stages = Map.groupBy(
        textStore.readStages(
          store,
          runs.map((run) => run.id),
        ),
        (stage) => stage.run_id,
      );
      const texts = runs.map(({ run, id, text }): [number, string] => {
        const logs = (stages.get(id) ?? []).map(({ stage }) =>
          logEnd(logPath(dirname(store.path), id, stage)),
        );
        return [run, separate([text, ...logs].join('\n'))];
      });
      textStore.writeRunTexts(store, seqs, new Map(texts));
    });
  }
}

/** Runs with a word that begins so, or the phrase; in their names it may be within a word. */
export function markWords(
  store: Store,
  filter: Filter & { kind: 'words' },
  highest: number,
): Marks {
  const asked = filter.words.replaceAll('\0', ' ');
  const marks = markRuns(store, inName(asked), highest);
  const add = (statement: SeqStatement) => {
    const others = markRuns(store, statement, highest);
    for (let seq = 0; seq < marks.length; seq++) if (others[seq] === 1) marks[seq] = 1;
  };
  const label = parseRunLabel(asked);
  if (label !== null) {
    add({
      sql: 'SELECT r.seq FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE e.number = ? AND r.number = ?',
      params: [label.experiment, label.run],
    });
  }
  if (/[\p{L}\p{N}]/u.test(asked)) {
    const phrase = `"${separate(asked).replaceAll('"', '""')}"`;
    add(textStore.textStatement(filter.phrase ? phrase : `${phrase}*`));
  }
  return marks;
}

function inName(words: string): SeqStatement {
  return /[\u0080-\uffff]/.test(words)
    ? { sql: 'SELECT seq FROM runs WHERE instr(fold_case(name), ?) > 0', params: [foldCase(words)] }
    : {
        sql: 'SELECT seq FROM runs WHERE instr(lower(name), ?) > 0',
        params: [words.toLowerCase()],
      };
}

/** Chinese, Japanese and Thai have no spaces: each of their signs is a word of its own. */
function separate(text: string): string {
  return text.replace(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu,
    ' $& ',
  );
}

/** The last lines of a log, or '' where there is none. */
function logEnd(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return '';
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, logBytes));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString('utf8', 0, read);
  } catch {
    return '';
  } finally {
    closeSync(file);
  }
}
