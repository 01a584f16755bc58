import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { goTo, to } from '../../state/index.ts';
import {
  Chip,
  EmptyState,
  Facts,
  Markdown,
  QueryView,
  RelativeTime,
  Section,
} from '../../ui/index.ts';
import { MetricLine, ParamLine } from './changes.tsx';
import { DataChanges } from './DataCellView.tsx';
import css from './timeline.module.css';

/** A commit in the inspector: its message, and what it changed in params, metrics and data. */
export default function CommitInspector({ oid }: { oid: string }) {
  const { t } = useTranslation('timeline');
  const query = useOperation(
    'timeline.list',
    { text: oid, kinds: ['commit', 'data'], limit: 10 },
    { topics: [topics.git] },
  );
  return (
    <QueryView query={query}>
      {({ cells }) => {
        const commit = cells.find((cell) => cell.kind === 'commit' && cell.oid === oid);
        const data = cells.find((cell) => cell.kind === 'data' && cell.oid === oid);
        if (commit?.kind !== 'commit') return <EmptyState title={t('commit.notFound')} />;
        return (
          <div className={css.inspect}>
            <h2 className={css.inspectTitle}>{t('commit.title', { oid: oid.slice(0, 7) })}</h2>
            <p className={css.inspectSubject}>{commit.subject}</p>
            {commit.body.trim() !== '' && <Markdown text={commit.body} />}
            <Facts
              items={[
                [t('commit.author'), commit.author],
                [t('commit.date'), <RelativeTime key="at" at={commit.at} />],
                ...(commit.refs.length > 0
                  ? [
                      [
                        t('commit.refs'),
                        <span key="refs" className={css.line}>
                          {commit.refs.map((ref) => (
                            <Chip key={ref}>{ref}</Chip>
                          ))}
                        </span>,
                      ] as const,
                    ]
                  : []),
              ]}
            />
            <div className={css.inspectActions}>
              <Button onClick={() => goTo(to('diff', [`${oid}~1`, oid]))}>
                {t('commit.diff')}
              </Button>
              <Button onClick={() => goTo(to('diff', [oid, 'workspace']))}>
                {t('commit.diffWorkspace')}
              </Button>
            </div>
            {commit.params.length > 0 && (
              <Section title={t('commit.params')}>
                <div className={css.line}>
                  <ParamLine changes={commit.params} />
                </div>
              </Section>
            )}
            {commit.metrics.length > 0 && (
              <Section title={t('commit.metrics')}>
                <MetricLine metrics={commit.metrics} />
              </Section>
            )}
            {data?.kind === 'data' && (
              <Section title={t('commit.data')}>
                <DataChanges cell={data} max={28} />
              </Section>
            )}
          </div>
        );
      }}
    </QueryView>
  );
}
