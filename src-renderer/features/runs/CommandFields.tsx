import { Group, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CommandDraft } from './draft.ts';
import css from './runs.module.css';
import { splitCommand } from './split-command.ts';

/** The fields of a run of one command. */
export function CommandFields({
  draft,
  onChange,
}: {
  draft: CommandDraft;
  onChange: (draft: CommandDraft) => void;
}) {
  const { t } = useTranslation('runs');
  return (
    <>
      <TextInput
        label={t('new.commandLabel')}
        description={t('new.commandHint')}
        placeholder="python train.py --lr 0.01"
        error={splitCommand(draft.line) === null ? t('new.unclosed') : undefined}
        classNames={{ input: css.codeInput ?? '' }}
        spellCheck={false}
        value={draft.line}
        data-autofocus
        onChange={(event) => onChange({ ...draft, line: event.currentTarget.value })}
      />
      <Group grow mt="sm" align="flex-end">
        <TextInput
          label={t('new.cwd')}
          description={t('new.cwdHint')}
          spellCheck={false}
          value={draft.cwd}
          onChange={(event) => onChange({ ...draft, cwd: event.currentTarget.value })}
        />
        <TextInput
          label={t('new.metricsFiles')}
          description={t('new.metricsFilesHint')}
          placeholder="metrics.jsonl"
          spellCheck={false}
          value={draft.metricsFiles}
          onChange={(event) => onChange({ ...draft, metricsFiles: event.currentTarget.value })}
        />
      </Group>
    </>
  );
}
