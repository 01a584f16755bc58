import { ActionIcon, Chip, CloseButton, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconFilter, IconSortAscending, IconSortDescending } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { type CellKind, filterTimeline, useFilters, usePreferences } from '../../state/index.ts';

const kinds: readonly CellKind[] = ['run', 'commit', 'data', 'note', 'bundle'];
const typingDelayMs = 150;

/** What the notebook is narrowed to, and its direction. */
export function TimelineToolbar() {
  const { t } = useTranslation(['timeline', 'common']);
  const filters = useFilters((state) => state.timeline);
  const order = usePreferences((state) => state.timelineOrder);
  const set = usePreferences((state) => state.set);
  const experiments = useOperation('experiments.list', {}, { topics: [topics.runs] });
  const [text, setText] = useState(filters.text);
  useEffect(() => setText(filters.text), [filters.text]);
  useEffect(() => {
    const timer = setTimeout(() => filterTimeline({ text }), typingDelayMs);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <>
      <TextInput
        data-filter
        aria-label={t('filter')}
        placeholder={t('filter')}
        leftSection={<IconFilter size={14} />}
        rightSection={
          text !== '' && (
            <CloseButton size="xs" aria-label={t('common:clear')} onClick={() => setText('')} />
          )
        }
        value={text}
        flex="1 1 180px"
        maw={360}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
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
