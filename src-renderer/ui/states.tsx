import { ActionIcon, Button, CopyButton, Progress, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  asClientError,
  type ClientError,
  type OperationName,
  type Progress as ProgressReport,
  type Query,
} from '../client/index.ts';
import { localized } from '../i18n/index.ts';
import { formatNumber, formatSize } from './format.ts';
import css from './states.module.css';

/** What would be here, and the action that makes it. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={css.empty}>
      {icon !== undefined && <div className={css.icon}>{icon}</div>}
      <h2 className={css.title}>{title}</h2>
      {children !== undefined && <div className={css.text}>{children}</div>}
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}

/** What happened, to what, what to do, and the details to copy. */
export function ErrorState({
  error,
  onRetry,
  children,
}: {
  error: ClientError;
  onRetry?: (() => void) | undefined;
  children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { place } = error;
  const details = [error.code, error.message, place?.file, error.details]
    .filter(Boolean)
    .join('\n');
  return (
    <div className={css.empty} role="alert">
      <div className={css.icon} data-tone="bad">
        <IconAlertTriangle size={28} stroke={1.5} />
      </div>
      <h2 className={css.title}>{t('errors.title')}</h2>
      <div className={css.text}>
        {error.code === 'disconnected' ? t('errors.disconnected') : localized(error.message)}
        {place !== null && place.line !== null && (
          <div className={css.place}>
            {t('errors.place', { file: place.file, line: place.line })}
          </div>
        )}
      </div>
      <div className={css.actions}>
        {children}
        {onRetry !== undefined && <Button onClick={onRetry}>{t('retry')}</Button>}
        <CopyText text={details} label={t('copyDetails')} />
      </div>
    </div>
  );
}

/** A button that copies `text` and says that it did. */
export function CopyText({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Button variant="subtle" color="gray" onClick={copy}>
          {copied ? t('copied') : (label ?? t('copy'))}
        </Button>
      )}
    </CopyButton>
  );
}

/** Rows in the shape of what is loading. */
export function Skeletons({ rows = 6, height = 20 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className={css.skeletons} role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, index) => 92 - ((index * 17) % 40) + index / 100).map(
        (width) => (
          <Skeleton key={width} height={height} width={`${width}%`} />
        ),
      )}
    </div>
  );
}

/** A bar with what is being done, how far it is, and a way to end it. */
export function ProgressBar({
  label,
  report,
  onCancel,
}: {
  label: string;
  report: ProgressReport | null;
  onCancel?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const known = report !== null && report.total > 0;
  const percent = known ? Math.min(100, (100 * report.done) / report.total) : null;
  return (
    <div className={css.progress}>
      <div className={css.progressText}>
        <span>{label}</span>
        <span className={css.dim}>{report === null ? '' : amount(report)}</span>
      </div>
      <div className={css.progressRow}>
        <Progress.Root size={4} flex={1}>
          <Progress.Section
            value={percent ?? 100}
            striped={percent === null}
            animated={percent === null}
            aria-label={label}
          />
        </Progress.Root>
        {onCancel !== undefined && (
          <ActionIcon size={20} onClick={onCancel} aria-label={t('cancel')} title={t('cancel')}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
    </div>
  );
}

function amount(report: ProgressReport): string {
  if (report.unit === 'percent') return `${Math.round(report.done)} %`;
  const show = report.unit === 'bytes' ? formatSize : formatNumber;
  return report.total > 0 ? `${show(report.done)} / ${show(report.total)}` : show(report.done);
}

/** Chooses between loading, error and content of one query; old content stays when a refetch fails. */
export function QueryView<N extends OperationName>({
  query,
  loading,
  children,
}: {
  query: Query<N>;
  loading?: ReactNode;
  children: (data: NonNullable<Query<N>['data']>) => ReactNode;
}) {
  if (query.data !== undefined && query.data !== null) return children(query.data);
  if (query.error !== null) return <ErrorState error={query.error} onRetry={query.reload} />;
  return loading ?? <Skeletons />;
}

interface BoundaryProps {
  readonly children: ReactNode;
  /** A change of it gives the view another chance. */
  readonly resetKey: string;
}

/** Keeps one broken view from taking the window along. */
export class ErrorBoundary extends Component<BoundaryProps, { thrown: unknown; key: string }> {
  override state = { thrown: null as unknown, key: this.props.resetKey };

  static getDerivedStateFromError(thrown: unknown) {
    return { thrown };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: { key: string }) {
    return props.resetKey === state.key ? null : { thrown: null, key: props.resetKey };
  }

  override componentDidCatch(thrown: unknown, info: ErrorInfo): void {
    reportError(thrown instanceof Error ? thrown : new Error(String(thrown)));
    void info;
  }

  override render(): ReactNode {
    if (this.state.thrown === null) return this.props.children;
    return (
      <ErrorState
        error={asClientError(this.state.thrown)}
        onRetry={() => this.setState({ thrown: null })}
      />
    );
  }
}
