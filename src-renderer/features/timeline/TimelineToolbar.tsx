import { ActionIcon, Chip, Group, NativeSelect } from '@mantine/core';
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { type CellKind, filterTimeline, useFilters, usePreferences } from '../../state/index.ts';
import { FilterField } from '../../ui/index.ts';

const kinds: readonly CellKind[] = ['run', 'commit', 'data', 'note', 'bundle'];
const typingDelayMs = 150;
const filterBy = (text: string): void => filterTimeline({ text });

/** What the notebook is narrowed to, and its direction. */
export function TimelineToolbar() {
  const { t } = useTranslation('timeline');
  const filters = useFilters((state) => state.timeline);
  const order = usePreferences((state) => state.timelineOrder);
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
      <Chip.Group
        multiple
        value={[...(filters.kinds ?? kinds)]}
        onChange={(chosen) => {
          const next = kinds.filter((kind) => chosen.includes(kind));
          filterTimeline({ kinds: next.length === kinds.length ? null : next });
        }}
      >
        <Group gap={4} role="group" aria-label={t('kinds')}>
          {kinds.map((kind) => (
            <Chip key={kind} value={kind} size="xs" variant="light">
              {t(`kind.${kind}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
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
