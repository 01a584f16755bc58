import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { topics, useOperation, type WorkspaceInfo } from '../../client/index.ts';
import { filterRuns, goTo, to } from '../../state/index.ts';

/** Runs that are searched at once while somebody types; any other is found by its number. */
const newest = 1000;
const shown = 8;

/** Runs and experiments by number, name or command; asked for while the palette is open. */
export function useRunItems(
  workspace: WorkspaceInfo | null,
  open: boolean,
  query: string,
): { runs: SpotlightActionData[]; experiments: SpotlightActionData[]; waiting: boolean } {
  const { t } = useTranslation(['shell', 'common']);
  const enabled = open && workspace !== null;
  const text = query.trim().toLowerCase();
  const list = useOperation('runs.list', { limit: newest }, { enabled, topics: [topics.runs] });
  const experiments = useOperation('experiments.list', {}, { enabled, topics: [topics.runs] });
  const found =
    text === ''
      ? []
      : (list.data?.rows ?? []).filter((run) =>
          `${run.label} ${run.name} ${run.command}`.toLowerCase().includes(text),
        );
  const numbered = /^#?\d+\.\d+$/.test(text) && !found.some((run) => run.label === text);
  return {
    // A number leads to its run at once.
    waiting: enabled && text !== '' && !numbered && list.loading,
    runs: [
      ...found.slice(0, shown).map((run) => ({
        id: `run ${run.id}`,
        label: `${run.label}  ${run.name}`,
        description: `${t(`common:runStatus.${run.status}`)} · ${run.command}`,
        onClick: () => goTo(to('run', [run.id])),
      })),
      ...(numbered
        ? [
            {
              id: 'run by number',
              label: `${t('views.run')} ${text}`,
              onClick: () => goTo(to('run', [text])),
            },
          ]
        : []),
    ],
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
