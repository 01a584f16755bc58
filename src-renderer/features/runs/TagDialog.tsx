import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { Dialog, MiddleEllipsis } from '../../ui/index.ts';
import css from './runs.module.css';
import { useBulk } from './use-bulk.ts';

/** Longest key and value that the core takes. */
const [longestKey, longestValue] = [250, 8000];

/** The tags of the runs that are ticked: one to add, and those that are there to take away. */
export function TagDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation(['runs', 'common']);
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const [removed, setRemoved] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const bulk = useBulk();
  const tags = useOperation('runs.tags', { ids: [...ids] }, { topics: [topics.runs] }).data?.tags;
  const added = key.trim();
  const submit = async (): Promise<void> => {
    setBusy(true);
    const done = await bulk.edit(ids, {
      addTags: added === '' ? {} : { [added]: value },
      removeTags: [...removed],
    });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog onClose={onClose} title={t('bulk.tagTitle', { count: ids.length })} size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Group gap={8} grow>
          <TextInput
            label={t('bulk.tag')}
            placeholder="reviewed"
            value={key}
            maxLength={longestKey}
            spellCheck={false}
            data-autofocus
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <TextInput
            label={t('bulk.value')}
            placeholder={t('bulk.optional')}
            value={value}
            maxLength={longestValue}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </Group>
        {tags !== undefined && tags.length > 0 && (
          <ul className={css.tagList} aria-label={t('bulk.present')}>
            {tags.map((tag) => {
              const gone = removed.includes(tag.key);
              return (
                <li key={tag.key} data-gone={gone || undefined}>
                  <MiddleEllipsis text={tag.key} max={30} mono />
                  <span className={css.tagValue} title={tag.value ?? undefined}>
                    {tag.value ?? t('bulk.several')}
                  </span>
                  <span className={css.tagCount}>
                    {t('bulk.ofRuns', { runs: tag.runs, total: ids.length })}
                  </span>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-pressed={gone}
                    aria-label={t('bulk.removeTag', { tag: tag.key })}
                    onClick={() =>
                      setRemoved(
                        gone ? removed.filter((one) => one !== tag.key) : [...removed, tag.key],
                      )
                    }
                  >
                    <IconX size={14} />
                  </ActionIcon>
                </li>
              );
            })}
          </ul>
        )}
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={busy}
            disabled={added === '' && removed.length === 0}
          >
            {t('bulk.apply')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}
