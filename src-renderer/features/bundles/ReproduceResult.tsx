import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReproduceReport } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { Badge, CopyText, formatDuration, RevealButton, useOpenFolder } from '../../ui/index.ts';
import css from './bundles.module.css';
import { countVerdicts, verdicts } from './words.ts';

/** The verdict on every output, and what of the machine could explain a difference. */
export function ReproduceResult({ report }: { report: ReproduceReport }) {
  const { t } = useTranslation('bundles');
  const folders = useOpenFolder();
  const text = report.outputs
    .map((output) => `${output.verdict}\t${output.path}\t${localized(output.detail)}`)
    .join('\n');
  return (
    <section className={css.result} data-tone={report.ok ? 'good' : 'bad'} role="status">
      <div className={css.verdictHead}>
        <Badge tone={report.ok ? 'good' : 'bad'} shape={report.ok ? '✓' : '✕'}>
          <b>{t(report.ok ? 'reproduced' : 'notReproduced')}</b>
        </Badge>
        {countVerdicts(report.outputs).map(({ verdict, count }) => (
          <Badge key={verdict} tone={verdicts[verdict].tone} shape={verdicts[verdict].shape}>
            {count} {t(`verdict.${verdicts[verdict].word}`)}
          </Badge>
        ))}
        <span className={css.dim}>
          {t('took', { time: formatDuration(report.durationMs) })}
          {report.exitCode !== null && report.exitCode !== 0 && (
            <> · {t('exitCode', { code: report.exitCode })}</>
          )}
        </span>
      </div>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.verdict')}</th>
            <th scope="col">{t('column.output')}</th>
            <th scope="col">{t('column.detail')}</th>
            <th scope="col">{t('column.expected')}</th>
            <th scope="col">{t('column.actual')}</th>
          </tr>
        </thead>
        <tbody>
          {report.outputs.map((output) => {
            const { tone, shape, word } = verdicts[output.verdict];
            return (
              <tr key={output.path}>
                <td>
                  <Badge tone={tone} shape={shape}>
                    {t(`verdict.${word}`)}
                  </Badge>
                </td>
                <td>
                  <code>{output.path}</code>
                </td>
                <td>{localized(output.detail)}</td>
                <td>
                  <Hash hash={output.expected} />
                </td>
                <td>
                  <Hash hash={output.actual} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {report.environment.length > 0 && (
        <div>
          <b>{t('machine')}</b>
          <ul className={css.machine}>
            {report.environment.map((line) => (
              <li key={line}>{localized(line)}</li>
            ))}
          </ul>
        </div>
      )}
      <code className={css.path}>{report.folder}</code>
      <div className={css.actions}>
        <Button onClick={() => void folders.open(report.folder)}>{t('openFolder')}</Button>
        <RevealButton path={report.folder} />
        <CopyText text={text} label={t('copyReport')} />
      </div>
    </section>
  );
}

function Hash({ hash }: { hash: string | null }) {
  return hash === null ? '–' : <code title={hash}>{hash.slice(0, 8)}</code>;
}
