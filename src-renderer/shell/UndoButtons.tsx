import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../client/index.ts';
import { localized } from '../i18n/index.ts';
import { useUndo } from './use-undo.ts';

/** Takes back, and does again, what was done to runs, experiments and numbers; says what that is. */
export function UndoButtons() {
  const { t } = useTranslation('shell');
  const { undo, redo } = useUndo();
  const state = useOperation('experiments.undoState', {}, { topics: [topics.runs] }).data;
  const what = (key: 'undo' | 'redo', text: string | null | undefined, nothing: string): string =>
    text == null ? nothing : t(`actions.${key}`, { what: localized(text) });
  const [undoText, redoText] = [
    what('undo', state?.undo, t('actions.nothingToUndo')),
    what('redo', state?.redo, t('actions.nothingToRedo')),
  ];
  return (
    <>
      <ActionIcon
        aria-label={undoText}
        title={undoText}
        disabled={state?.undo == null}
        onClick={undo}
      >
        <IconArrowBackUp size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={redoText}
        title={redoText}
        disabled={state?.redo == null}
        onClick={redo}
      >
        <IconArrowForwardUp size={16} />
      </ActionIcon>
    </>
  );
}
