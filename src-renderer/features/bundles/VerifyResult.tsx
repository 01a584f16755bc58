import { Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { VerifyReport } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { useGo } from '../../state/index.ts';
import { Badge, CodeText, CopyText, Facts, formatSize, RelativeTime } from '../../ui/index.ts';
import css from './bundles.module.css';
import { Omitted } from './Omitted.tsx';
import { verifyWords } from './words.ts';

const tones: Readonly<Record<VerifyReport['problems'][number]['state'], string>> = {
  ok: 'good',
  altered: 'bad',
  missing: 'bad',
  unexpected: 'warn',
  unsafe: 'bad',
  'left out': 'dim',
};

/** What the check of every hash found. */
export function VerifyResult({ report }: { report: VerifyReport }) {
  const { t } = useTranslation('bundles');
  const go = useGo();
  const { run, problems } = report;
  const text = problems
    .map((one) => `${one.state}\t${one.path}\t${localized(one.detail)}`)
    .join('\n');
  return (
    <section className={css.result} data-tone={report.ok ? 'good' : 'bad'} role="status">
      <Badge tone={report.ok ? 'good' : 'bad'} shape={report.ok ? '✓' : '✕'}>
        <b>
          {report.ok
            ? t('verified', { count: report.files, size: formatSize(report.bytes) })
            : t('notVerified', { count: problems.length })}
        </b>
      </Badge>
      {run !== null && (
        <Facts
          items={[
            [t('run'), `${run.label} ${run.name}`],
            [t('command'), <CodeText key="command" text={run.command} />],
            ...(run.createdAt === null
              ? []
              : [[t('made'), <RelativeTime key="made" at={run.createdAt} />] as const]),
          ]}
        />
      )}
      {problems.length > 0 && (
        <>
          <table className={css.table}>
            <thead>
              <tr>
                <th scope="col">{t('column.state')}</th>
                <th scope="col">{t('column.path')}</th>
                <th scope="col">{t('column.detail')}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map((problem) => (
                <tr key={`${problem.path} ${problem.state}`}>
                  <td>
                    <Badge tone={tones[problem.state]} shape="✕">
                      {t(`state.${verifyWords[problem.state]}`)}
                    </Badge>
                  </td>
                  <td>
                    <code>{problem.path}</code>
                  </td>
                  <td>{localized(problem.detail)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className={css.actions}>
            <CopyText text={text} label={t('copyReport')} />
          </div>
          <p className={css.dim}>{t('askAgain')}</p>
        </>
      )}
      {run !== null && report.ok && (
        <div className={css.actions}>
          <Button
            leftSection={<IconArrowsDiff size={14} />}
            onClick={() => go({ view: 'compare', parts: [report.path, 'workspace'], query: {} })}
          >
            {t('compareWithWorkspace')}
          </Button>
        </div>
      )}
      <Omitted items={report.omitted} />
    </section>
  );
}
