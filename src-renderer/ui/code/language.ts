/** Which grammar a file is coloured by. Unknown files are plain text. */
import { json } from '@codemirror/lang-json';
import { markdown } from '@codemirror/lang-markdown';
import { python } from '@codemirror/lang-python';
import { yaml } from '@codemirror/lang-yaml';
import type { Extension } from '@codemirror/state';

export type Grammar = 'python' | 'yaml' | 'json' | 'markdown' | 'plain';

const byExtension: Readonly<Record<string, Grammar>> = {
  py: 'python',
  pyi: 'python',
  yaml: 'yaml',
  yml: 'yaml',
  dvc: 'yaml',
  json: 'json',
  ipynb: 'json',
  jsonl: 'json',
  md: 'markdown',
  markdown: 'markdown',
};

/** By file name: `dvc.lock` and friends have none of the usual extensions. */
export function grammarOf(path: string): Grammar {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === 'dvc.lock' || name === 'mlmodel') return 'yaml';
  const dot = name.lastIndexOf('.');
  return byExtension[dot < 0 ? '' : name.slice(dot + 1)] ?? 'plain';
}

export function languageExtension(grammar: Grammar): Extension {
  switch (grammar) {
    case 'python':
      return python();
    case 'yaml':
      return yaml();
    case 'json':
      return json();
    case 'markdown':
      return markdown();
    case 'plain':
      return [];
  }
}
