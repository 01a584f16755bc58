import { IconGitBranch, IconLock, IconLockOpen, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useConnection, type WorkspaceInfo } from '../client/index.ts';
import { localized } from '../i18n/index.ts';
import { filterRuns, goTo, to } from '../state/index.ts';
import { formatSize, useNow } from '../ui/index.ts';
import css from './Frame.module.css';
import { LoggingItem } from './LoggingItem.tsx';
import { RunningItem } from './RunningItem.tsx';

/** The line that always answers: branch, trust, what runs, how much disk, whether it is live. */
export function StatusLine({ workspace }: { workspace: WorkspaceInfo | null }) {
  const { t } = useTranslation('shell');
  return (
    <footer className={css.status} data-tour="status">
      {workspace === null ? (
        <Item>{t('status.noFolder')}</Item>
      ) : (
        <>
          <GitItem git={workspace.git} />
          <TrustItem workspace={workspace} />
          <RunningItem count={workspace.counts.running} />
          {workspace.mlflow !== null && <LoggingItem url={workspace.mlflow.url} />}
        </>
      )}
      <span className={css.grow} />
      {workspace !== null && workspace.cacheBytes !== null && (
        <Item title={t('status.cacheHint')}>
          {t('status.cache', { size: formatSize(workspace.cacheBytes) })}
        </Item>
      )}
      <ConnectionItem />
    </footer>
  );
}

export function Item({
  children,
  title,
  tone,
  onClick,
}: {
  children: ReactNode;
  title?: string | undefined;
  tone?: 'warn' | 'bad' | 'active' | undefined;
  onClick?: () => void;
}) {
  const props = { className: css.statusItem, title, 'data-tone': tone };
  return onClick === undefined ? (
    <span {...props}>{children}</span>
  ) : (
    <button type="button" {...props} onClick={onClick}>
      {children}
    </button>
  );
}

function GitItem({ git }: { git: WorkspaceInfo['git'] }) {
  const { t } = useTranslation('shell');
  if (git === null) return <Item>{t('status.noGit')}</Item>;
  if (git.problem !== null) {
    return (
      <Item tone="bad" title={t('problems.git', { problem: localized(git.problem) })}>
        <IconGitBranch size={13} aria-hidden /> ✕
      </Item>
    );
  }
  const head = git.head?.slice(0, 7) ?? '';
  const dirty = git.dirty ?? 0;
  return (
    <Item
      title={dirty > 0 ? t('status.dirty', { count: dirty }) : t('status.clean')}
      tone={git.operation === null ? undefined : 'warn'}
    >
      <IconGitBranch size={13} aria-hidden />
      {git.branch ?? t('status.detached', { head })}
      {dirty > 0 && <span>✎{dirty}</span>}
      {git.operation !== null && <span>{t('status.operation', { operation: git.operation })}</span>}
    </Item>
  );
}

function TrustItem({ workspace }: { workspace: WorkspaceInfo }) {
  const { t } = useTranslation('shell');
  const Icon = workspace.trusted ? IconLockOpen : IconLock;
  const store = t('status.store', { path: workspace.storePath });
  return (
    <>
      <Item
        tone={workspace.trusted ? undefined : 'warn'}
        title={`${workspace.trusted ? t('status.trustedHint') : t('status.untrustedHint')}\n${store}`}
        onClick={() => goTo(to('settings'))}
      >
        <Icon size={13} aria-hidden />
        {workspace.trusted ? t('status.trusted') : t('status.untrusted')}
      </Item>
      {workspace.readOnly && (
        <Item tone="warn" title={t('status.readOnlyHint', { path: workspace.storePath })}>
          {t('status.readOnly')}
        </Item>
      )}
      {workspace.pipeline.problem !== null && (
        <Item
          tone="bad"
          title={t('problems.pipeline', { problem: localized(workspace.pipeline.problem) })}
          onClick={() => goTo(to('pipeline'))}
        >
          ✕ dvc.yaml
        </Item>
      )}
    </>
  );
}

function ConnectionItem() {
  const { t } = useTranslation('shell');
  const { connection } = useClient();
  const { phase, retryAt } = useConnection();
  const now = useNow(phase === 'offline' ? 1000 : null);
  if (phase === 'online') return null;
  if (phase === 'connecting') return <Item tone="warn">{t('status.connecting')}</Item>;
  const seconds = Math.max(0, Math.ceil(((retryAt ?? now) - now) / 1000));
  return (
    <Item
      tone="bad"
      title={`${t('status.offlineHint', { seconds })} ${t('status.reconnect')}`}
      onClick={connection.reconnect}
    >
      <IconPlugConnectedX size={13} aria-hidden />
      {t('status.offline')}
    </Item>
  );
}

/** Shows the runs that are under way. */
export function showRunning(): void {
  filterRuns({ text: '', experimentId: null });
  goTo(to('runs', [], { status: 'RUNNING' }));
}
