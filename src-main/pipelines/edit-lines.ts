/** Changes one value of a TOML or Python text that stands on a line of its own. */

/**
 * @param steps TOML: tables, then the key. Python: classes, then the name
 * @returns null when no such line is found
 */
export function editLines(
  text: string,
  format: 'toml' | 'python',
  steps: readonly string[],
  source: string,
): string | null {
  const lines = text.split('\n');
  const find = format === 'toml' ? findTomlLine : findPythonLine;
  const at = find(lines, steps);
  if (at === null) return null;
  const line = lines[at] as string;
  const parts =
    /^(\s*[^=]+?=\s*)((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^#"'])*?)(\s*(?:#.*)?\r?)$/.exec(
      line,
    );
  if (parts === null) return null;
  lines[at] = `${parts[1]}${source}${parts[3]}`;
  return lines.join('\n');
}

function findTomlLine(lines: readonly string[], steps: readonly string[]): number | null {
  const wanted = steps.join('.');
  let table = '';
  for (const [index, line] of lines.entries()) {
    const header = /^\s*\[([^[\]]+)\]\s*(?:#.*)?\r?$/.exec(line);
    if (header !== null) {
      table = `${dotted(header[1] as string)}.`;
      continue;
    }
    const key = /^\s*([\w."' -]+?)\s*=/.exec(line)?.[1];
    if (key !== undefined && table + dotted(key) === wanted) return index;
  }
  return null;
}

/** `a . "b"` → `a.b` */
function dotted(key: string): string {
  return key
    .split('.')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .join('.');
}

function findPythonLine(lines: readonly string[], steps: readonly string[]): number | null {
  const open: { name: string; indent: number }[] = [];
  const wanted = steps.join('.');
  let last: number | null = null;
  for (const [index, line] of lines.entries()) {
    if (/^\s*(#|\r?$)/.test(line)) continue;
    const indent = /^[ \t]*/.exec(line)?.[0].length ?? 0;
    while (open.length > 0 && indent <= (open.at(-1)?.indent ?? 0)) open.pop();
    const opened = /^\s*(?:class|def)\s+(\w+)/.exec(line)?.[1];
    if (opened !== undefined) open.push({ name: opened, indent });
    const name = /^\s*(?:self\.)?([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)/.exec(line)?.[1];
    const path = [...open.map((one) => one.name).filter((one) => one !== '__init__'), name].join(
      '.',
    );
    // The last assignment is the one that counts.
    if (name !== undefined && path === wanted) last = index;
  }
  return last;
}
