import { Button, UnstyledButton } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExecutionState, StageNode, StaleReason } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { to, useGo } from '../../state/index.ts';
import {
  Badge,
  CopyText,
  Duration,
  MiddleEllipsis,
  RelativeTime,
  RunLabel,
  Size,
  StageBadge,
} from '../../ui/index.ts';
import css from './pipeline.module.css';
import { looks, shownState, stateWords } from './states.ts';
import { useLastExecution } from './use-last-execution.ts';

/** Everything about one stage: how it is and why, what it takes, what it gives, when it last ran. */
export function StagePanel({
  stage,
  running,
  onReproduce,
}: {
  readonly stage: StageNode;
  readonly running: ReadonlyMap<string, ExecutionState>;
  /** Null where it cannot be run: data without a command, an untrusted folder. */
  readonly onReproduce: (() => void) | null;
}) {
  const { t } = useTranslation('pipeline');
  const state = shownState(stage, running);
  return (
    <div className={css.panel}>
      <header className={css.panelHead}>
        <h2 className={css.panelName}>{stage.address}</h2>
        <Badge tone={looks[state].tone} shape={looks[state].shape}>
          {t(`state.${stateWords[state]}`)}
        </Badge>
      </header>
      {stage.desc !== '' && <p className={css.desc}>{stage.desc}</p>}
      {stage.kind === 'stage' && (
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          disabled={onReproduce === null}
          onClick={() => onReproduce?.()}
        >
          {t('reproduceStage')}
        </Button>
      )}
      {stage.reasons.length > 0 && (
        <Part title={t('why')}>
          <ul className={css.reasons}>
            {stage.reasons.map((reason) => (
              <Reason key={`${reason.kind} ${reason.subject}`} reason={reason} />
            ))}
          </ul>
        </Part>
      )}
      {stage.command !== '' && (
        <Part title={t('command')} action={<CopyText text={stage.command} />}>
          <pre className={css.command}>{stage.command}</pre>
          {stage.wdir !== '.' && <p className={css.dim}>{t('wdir', { folder: stage.wdir })}</p>}
        </Part>
      )}
      {stage.params.length > 0 && (
        <Part title={t('params')}>
          <dl className={css.pairs}>
            {stage.params.map((param) => (
              <div key={`${param.file}:${param.key}`} className={css.pairRow} title={param.file}>
                <dt>{param.key}</dt>
                <dd>{param.value ?? t('missing')}</dd>
              </div>
            ))}
          </dl>
        </Part>
      )}
      {stage.deps.length > 0 && (
        <Part title={t('deps')}>
          <Files files={stage.deps} />
        </Part>
      )}
      {stage.outs.length > 0 && (
        <Part title={t('outs')}>
          <Files files={stage.outs} />
        </Part>
      )}
      {stage.kind === 'stage' && <LastRun stage={stage.address} />}
      <p className={css.dim}>{t('definedIn', { file: stage.file })}</p>
    </div>
  );
}

function Part({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.part}>
      <div className={css.partHead}>
        <h3 className={css.partTitle}>{title}</h3>
        {action}
      </div>
      {children}
    </section>
  );
}

function Reason({ reason }: { reason: StaleReason }) {
  const { t } = useTranslation('pipeline');
  return (
    <li>
      <span className={css.reasonKind}>{t(`reason.${reasonWords[reason.kind]}`)}</span>{' '}
      {reason.detail === '' ? <code>{reason.subject}</code> : localized(reason.detail)}
    </li>
  );
}

/** Keys of the translations, which hold no spaces. */
const reasonWords = {
  'never run': 'neverRun',
  'command changed': 'command',
  'dep modified': 'depModified',
  'dep missing': 'depMissing',
  'dep new': 'depNew',
  'param modified': 'paramModified',
  'param missing': 'paramMissing',
  'param new': 'paramNew',
  'out modified': 'outModified',
  'out missing': 'outMissing',
  'out new': 'outNew',
  'not in cache': 'notInCache',
  'always changed': 'always',
  upstream: 'upstream',
} as const satisfies Record<StaleReason['kind'], string>;

function Files({
  files,
}: {
  files: readonly (StageNode['deps'][number] & Partial<Pick<StageNode['outs'][number], 'role'>>)[];
}) {
  const { t } = useTranslation('pipeline');
  return (
    <ul className={css.files}>
      {files.map((file) => (
        <li
          key={file.path}
          className={css.fileRow}
          title={file.hash === null ? t('noHash') : `MD5 ${file.hash}`}
        >
          <MiddleEllipsis text={file.path} max={36} mono />
          {file.role !== undefined && file.role !== 'out' && (
            <span className={css.dim}>{t(`role.${file.role}`)}</span>
          )}
          <span className={css.fileSize}>
            {file.files !== null && `${t('files', { count: file.files })}, `}
            <Size bytes={file.size} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function LastRun({ stage }: { stage: string }) {
  const { t } = useTranslation('pipeline');
  const go = useGo();
  const last = useLastExecution(stage);
  if (last === undefined) return null;
  return (
    <Part title={t('lastRun')}>
      {last === null ? (
        <p className={css.dim}>{t('neverHere')}</p>
      ) : (
        <div className={css.lastRun}>
          <UnstyledButton onClick={() => go(to('run', [last.run.id], { tab: 'log', stage }))}>
            <RunLabel label={last.run.label} name={last.run.name} />
          </UnstyledButton>
          <StageBadge state={last.execution.state} />
          {last.execution.startedAt !== null && <RelativeTime at={last.execution.startedAt} />}
          {last.execution.startedAt !== null && last.execution.endedAt !== null && (
            <Duration ms={last.execution.endedAt - last.execution.startedAt} />
          )}
        </div>
      )}
    </Part>
  );
}
