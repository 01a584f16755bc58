import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TidyRule, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { FilterField, filterProblem, useCommand } from '../../ui/index.ts';
import { Preview } from './Preview.tsx';
import css from './tidy.module.css';

const typingDelayMs = 150;

/** A rule being written: its name, its filter, and what it would do. */
export function RuleEditor({
  rule,
  onClose,
  onSaved,
}: {
  /** Null for a new one. */
  rule: TidyRule | null;
  onClose: () => void;
  onSaved: () => void;
}) {
  const { t } = useTranslation(['tidy', 'common']);
  const [name, setName] = useState(rule === null ? '' : localized(rule.name));
  const [filter, setFilter] = useState(rule?.filter ?? '');
  const save = useCommand('tidy.save');
  const written = filter.trim() !== '';
  const { error } = useOperation('runs.find', { filter, limit: 0 }, { enabled: written });
  const submit = async (): Promise<void> => {
    const saved = await save.run({
      id: rule?.id ?? null,
      name: name.trim() || filter.trim().slice(0, 200),
      filter: filter.trim(),
      automatic: rule?.automatic ?? false,
    });
    if (saved !== null) onSaved();
  };
  return (
    <section className={css.rule} aria-label={t(rule === null ? 'newRule' : 'editRule')}>
      <TextInput
        label={t('common:name')}
        value={name}
        maxLength={200}
        w="100%"
        maw={640}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={css.filter}>
        <FilterField
          label={t('filter')}
          hint={t('filterHint')}
          value={filter}
          onChange={setFilter}
          delayMs={typingDelayMs}
          basis={320}
          maxWidth={640}
          problem={written && error !== null ? filterProblem(error) : null}
        />
      </div>
      <Preview filter={error === null ? filter : ''} />
      <Group gap={8}>
        <Button
          variant="filled"
          loading={save.busy}
          disabled={!written || error !== null}
          onClick={() => void submit()}
        >
          {t('common:save')}
        </Button>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
      </Group>
    </section>
  );
}
