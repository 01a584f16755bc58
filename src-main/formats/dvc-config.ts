/**
 * DVC's configuration: ConfigObj's INI, with sections such as `['remote "origin"']`. Only the files
 * of the project are read here; which of them, and in what order they win, is the caller's matter.
 */

/** Section → key → value; keys in lower case. `remote "origin"` is a section of its own. */
export type DvcConfig = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Lines that are neither section, setting, comment nor blank are passed over. A list (`reflink,copy`)
 * is given as it is written.
 */
export function parseDvcConfig(text: string): DvcConfig {
  const sections: Record<string, Record<string, string>> = {};
  let current: Record<string, string> = {};
  for (const raw of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
    const section = /^\[\s*([^[].*?)\s*\]\s*(?:#.*)?$/.exec(line);
    if (section !== null) {
      const name = unquote(section[1] as string);
      current = sections[name] ??= {};
      continue;
    }
    const setting = /^('[^']*'|"[^"]*"|[^'"=][^=]*?)\s*=\s*(.*)$/.exec(line);
    if (setting === null) continue;
    const [, key = '', value = ''] = setting;
    current[unquote(key).toLowerCase()] = settingOf(value);
  }
  return sections;
}

/** Without its quotes; a `#` outside of them begins a comment, wherever it stands. */
function settingOf(source: string): string {
  const quoted = /^(?:'([^']*)'|"([^"]*)")\s*(?:#.*)?$/.exec(source);
  if (quoted !== null) return quoted[1] ?? quoted[2] ?? '';
  if (/^['"]/.test(source)) return unquote(source);
  return source.replace(/#.*$/, '').trimEnd();
}

/** Later files win, key by key. */
export function mergeDvcConfigs(configs: readonly DvcConfig[]): DvcConfig {
  const merged: Record<string, Record<string, string>> = {};
  for (const config of configs) {
    for (const [name, values] of Object.entries(config)) {
      merged[name] = { ...merged[name], ...values };
    }
  }
  return merged;
}

function unquote(text: string): string {
  const quoted = /^(['"])(.*)\1$/.exec(text);
  return quoted === null ? text : (quoted[2] as string);
}
