/** The core's sentences in Simplified Chinese, a file per area of the core. */
import type { SentenceTable } from '../../sentences/table.ts';
import { bundles } from './bundles.ts';
import { comparison } from './comparison.ts';
import { contents } from './contents.ts';
import { filter } from './filter.ts';
import { folder } from './folder.ts';
import { git } from './git.ts';
import { imports } from './imports.ts';
import { modelFiles } from './model-files.ts';
import { notebooks } from './notebooks.ts';
import { notes } from './notes.ts';
import { pickles } from './pickles.ts';
import { pipeline } from './pipeline.ts';
import { runs } from './runs.ts';
import { sources } from './sources.ts';
import { tensors } from './tensors.ts';
import { yaml, yamlParser } from './yaml.ts';

export const zhSentences: SentenceTable = {
  ...bundles,
  ...comparison,
  ...contents,
  ...filter,
  ...folder,
  ...git,
  ...imports,
  ...modelFiles,
  ...notebooks,
  ...notes,
  ...pickles,
  ...pipeline,
  ...runs,
  ...sources,
  ...tensors,
  ...yaml,
  ...yamlParser,
};
