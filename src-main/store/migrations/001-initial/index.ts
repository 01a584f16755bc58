/** The tables of Cairn 0.1, a file per domain. */
import { history } from './history.ts';
import { lineage } from './lineage.ts';
import { metrics } from './metrics.ts';
import { notes } from './notes.ts';
import { registry } from './registry.ts';
import { runs } from './runs.ts';
import { search } from './search.ts';
import { sources } from './sources.ts';
import { workspace } from './workspace.ts';

export const initial = [
  runs,
  metrics,
  lineage,
  registry,
  sources,
  notes,
  history,
  workspace,
  search,
].join('');
