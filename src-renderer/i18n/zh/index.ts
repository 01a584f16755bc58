import { bundles } from './bundles.ts';
import { charts } from './charts.ts';
import { common } from './common.ts';
import { compare } from './compare.ts';
import { contents } from './contents.ts';
import { files } from './files.ts';
import { media } from './media.ts';
import { models } from './models.ts';
import { noteBlocks } from './note-blocks.ts';
import { notebooks } from './notebooks.ts';
import { overview } from './overview.ts';
import { pipeline } from './pipeline.ts';
import { runPage } from './run-page.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { sources } from './sources.ts';
import { table } from './table.ts';
import { tidy } from './tidy.ts';
import { timeline } from './timeline.ts';
import { welcome } from './welcome.ts';

/** Simplified Chinese. */
export const zh = {
  bundles,
  charts,
  common,
  compare,
  contents,
  files,
  media,
  models,
  noteBlocks,
  notebooks,
  overview,
  pipeline,
  runPage,
  runs,
  settings,
  shell,
  sources,
  table,
  tidy,
  timeline,
  welcome,
};
