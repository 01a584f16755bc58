import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { topics, useOperation, type WorkspaceInfo } from '../../client/index.ts';
import { filterRuns, goTo, to } from '../../state/index.ts';

/** Runs and experiments by number, name or command; asked for while the palette is open. */
export function useRunItems(
  workspace: WorkspaceInfo | null,
  open: boolean,
  query: string,
): { runs: SpotlightActionData[]; experiments: SpotlightActionData[] } {
  const { t } = useTranslation();
  const enabled = open && workspace !== null;
  const text = query.trim();
  const runs = useOperation(
    'runs.list',
    { text, limit: 8 },
    { enabled: enabled && text !== '', keepPrevious: true, topics: [topics.runs] },
  );
  const experiments = useOperation('experiments.list', {}, { enabled, topics: [topics.runs] });
  return {
    runs:
      text === ''
        ? []
        : (runs.data?.rows ?? []).map((run) => ({
            id: `run ${run.id}`,
            label: `${run.label}  ${run.name}`,
            description: `${t(`runStatus.${run.status}`)}  ${run.command}`,
            keywords: [text],
            onClick: () => goTo(to('run', [run.id])),
          })),
    experiments: (experiments.data?.experiments ?? []).map((experiment) => ({
      id: `experiment ${experiment.id}`,
      label: `${experiment.label}  ${experiment.name}`,
      onClick: () => {
        filterRuns({ experimentId: experiment.id, text: '' });
        goTo(to('runs'));
      },
    })),
  };
}
