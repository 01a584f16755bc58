import { useTranslation } from 'react-i18next';
import { parseBlock } from '../../client/index.ts';
import { ErrorBoundary } from '../../ui/index.ts';
import { ChartBlock } from './ChartBlock.tsx';
import { DiffBlock } from './DiffBlock.tsx';
import css from './note-blocks.module.css';
import { Problem } from './Problem.tsx';
import { TableBlock } from './TableBlock.tsx';

/** A live block of a note: what it asks for as it is now, or what is wrong with it, in its place. */
export default function NoteBlock({ source }: { source: string }) {
  const { t } = useTranslation('noteBlocks');
  const block = parseBlock(source);
  return (
    <section className={css.block} aria-label={t('label', { source })}>
      <ErrorBoundary resetKey={source}>
        {block.kind === 'table' && <TableBlock {...block} />}
        {block.kind === 'chart' && <ChartBlock {...block} />}
        {block.kind === 'diff' && <DiffBlock {...block} />}
        {block.kind === 'problem' && (
          <Problem source={source}>
            {t(`problem.${block.problem}`, { subject: block.subject })}
          </Problem>
        )}
      </ErrorBoundary>
    </section>
  );
}
