/** A notebook cut down to what a page can show: large outputs are named instead of sent. */
import type { NotebookCell, NotebookOutput, NotebookParameter } from '../contract/notebooks.ts';
import type { NotebookOutput as FileOutput, Notebook } from '../formats/ipynb.ts';

const maxCells = 2000;
const maxText = 100_000;
/** Of all sources together. */
const maxSources = 20_000_000;
const maxHtml = 2_000_000;
const maxImage = 8_000_000;
/** A longer line is no parameter that anybody would type. */
const maxAssignment = 2000;
/** Of all outputs together. */
const maxTotal = 40_000_000;

export function viewCells(notebook: Notebook): NotebookCell[] {
  let left = maxTotal;
  let leftSources = maxSources;
  const viewWithin = (output: FileOutput): NotebookOutput => {
    const shown = viewOutput(output);
    const bytes = 'base64' in shown ? shown.base64.length : 'text' in shown ? shown.text.length : 0;
    if (bytes > left) return { kind: 'large', what: output.kind, bytes };
    left -= bytes;
    return shown;
  };
  return notebook.cells.slice(0, maxCells).map((cell) => {
    const source = cell.source.slice(0, Math.min(maxText, leftSources));
    leftSources -= source.length;
    return {
      ...cell,
      tags: cell.tags.slice(0, 20).map((tag) => tag.slice(0, 100)),
      source,
      outputs: cell.outputs.slice(0, 200).map(viewWithin),
    };
  });
}

function viewOutput(output: FileOutput): NotebookOutput {
  if (output.kind === 'script') return output;
  if (output.kind === 'image') {
    if (output.base64.length > maxImage) {
      return { kind: 'large', what: output.mime, bytes: output.base64.length };
    }
    const { mime, base64, text } = output;
    const known = (['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const).find(
      (one) => one === mime,
    );
    return { kind: 'image', mime: known ?? 'image/png', base64, text: text.slice(0, 1000) };
  }
  const whole = output.kind === 'html' || output.kind === 'svg';
  if (whole && output.text.length > maxHtml) {
    return { kind: 'large', what: output.kind, bytes: output.text.length };
  }
  // Markup cannot be cut in the middle; a text can.
  const text = whole ? output.text : output.text.slice(0, maxText);
  const cut = text.length < output.text.length;
  if (output.kind !== 'error') return { ...output, text, cut };
  const [name, message] = [output.name.slice(0, 1000), output.message.slice(0, 10_000)];
  return { kind: 'error', name, message, text, cut };
}

/**
 * Assignments of the cell tagged `parameters`, as papermill's convention has it. Only single lines
 * are understood; what else the cell does is left to it.
 */
export function readParameters(notebook: Notebook): NotebookParameter[] {
  const cell = notebook.cells.find((one) => one.type === 'code' && one.tags.includes('parameters'));
  const found = new Map<string, NotebookParameter>();
  for (const line of (cell?.source ?? '').split('\n').slice(0, 1000)) {
    if (line.length > maxAssignment) continue;
    const match = /^([A-Za-z_][\w.]*)[ \t]*(?::[^=]+)?(?:=|<-)(?!=)/.exec(line);
    const name = match?.[1];
    if (match === null || name === undefined) continue;
    const [assigned, comment] = splitComment(line.slice(match[0].length).trim());
    const value = assigned.replace(/;$/, '').trim();
    if (value === '') continue;
    found.set(name, { name, value, comment });
  }
  return [...found.values()];
}

/** Splits at the first `#` that is in no string. */
function splitComment(text: string): [string, string] {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '#') return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  }
  return [text, ''];
}
