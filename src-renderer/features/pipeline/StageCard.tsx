import { IconDatabase, IconTerminal2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { StageNode } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { middleEllipsis } from '../../ui/index.ts';
import css from './pipeline.module.css';
import { looks, type ShownState, stateWords } from './states.ts';

/** What a stage's card says: how the stage is called, what it does, how it is. */
export function StageCard({ stage, state }: { stage: StageNode; state: ShownState }) {
  const { t } = useTranslation('pipeline');
  const look = looks[state];
  const word = t(`state.${stateWords[state]}`);
  const [first] = stage.reasons;
  const why = state === 'stale' && first !== undefined ? localized(first.detail) : word;
  const Icon = stage.kind === 'data' ? IconDatabase : IconTerminal2;
  return (
    <>
      <span className={css.cardName}>
        <Icon size={14} stroke={1.6} aria-hidden />
        <b>{middleEllipsis(stage.name, 26)}</b>
      </span>
      <span className={css.cardCommand}>{stage.command === '' ? stage.file : stage.command}</span>
      <span className={css.cardState} data-tone={look.tone}>
        <span aria-hidden>{look.shape}</span> {why}
      </span>
    </>
  );
}
