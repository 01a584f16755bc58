import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconCalendarStats, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { filterTimeline, useFilters, usePreferences } from '../../state/index.ts';
import { FilterField } from '../../ui/index.ts';
import { KindMenu } from './KindMenu.tsx';

const typingDelayMs = 150;
const filterBy = (text: string): void => filterTimeline({ text });

/** What the notebook is narrowed to, how it is grouped, its direction. */
export function TimelineToolbar() {
  const { t } = useTranslation('timeline');
  const filters = useFilters((state) => state.timeline);
  const order = usePreferences((state) => state.timelineOrder);
  const group = usePreferences((state) => state.timelineGroup);
  const activity = usePreferences((state) => state.timelineActivity);
  const set = usePreferences((state) => state.set);
  const experiments = useOperation('experiments.list', {}, { topics: [topics.runs] });

  return (
    <>
      <FilterField
        label={t('filter')}
        value={filters.text}
        onChange={filterBy}
        delayMs={typingDelayMs}
        basis={180}
        maxWidth={360}
      />
      <KindMenu value={filters.kinds} onChange={(kinds) => filterTimeline({ kinds })} />
      <NativeSelect
        aria-label={t('experiment')}
        value={filters.experimentId ?? ''}
        onChange={(event) => filterTimeline({ experimentId: event.currentTarget.value || null })}
        data={[
          { value: '', label: t('allExperiments') },
          ...(experiments.data?.experiments ?? []).map(({ id, label, name }) => ({
            value: id,
            label: `${label} ${name}`,
          })),
        ]}
        maw={160}
      />
      <NativeSelect
        aria-label={t('groupBy')}
        value={group}
        onChange={(event) =>
          set({ timelineGroup: event.currentTarget.value === 'day' ? 'day' : 'experiment' })
        }
        data={[
          { value: 'day', label: t('byDay') },
          { value: 'experiment', label: t('byExperiment') },
        ]}
        maw={150}
      />
      <ActionIcon
        variant="default"
        aria-label={t('activity.title')}
        title={t('activity.title')}
        aria-pressed={activity}
        onClick={() => set({ timelineActivity: !activity })}
      >
        <IconCalendarStats size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={order === 'newest' ? t('newestFirst') : t('oldestFirst')}
        title={order === 'newest' ? t('newestFirst') : t('oldestFirst')}
        onClick={() => set({ timelineOrder: order === 'newest' ? 'oldest' : 'newest' })}
      >
        {order === 'newest' ? (
          <IconSortDescending size={16} stroke={1.6} />
        ) : (
          <IconSortAscending size={16} stroke={1.6} />
        )}
      </ActionIcon>
    </>
  );
}
