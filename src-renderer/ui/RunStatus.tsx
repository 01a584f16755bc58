import { type RunStatus, silentAfterMs } from '../client/index.ts';
import { useWords } from '../i18n/index.ts';
import { usePreferences } from '../state/index.ts';
import { Badge, StatusBadge } from './badges.tsx';
import { formatRelative } from './format.ts';
import { useNow } from './values.tsx';

interface Living {
  readonly status: RunStatus;
  readonly lastSignAt?: number | undefined;
}

/** Since when nothing was heard of a run that says it goes on; null when all is well. */
export function useSilence({ lastSignAt }: Living): number | null {
  const now = useNow(lastSignAt === undefined ? null : 60_000);
  return lastSignAt !== undefined && now - lastSignAt > silentAfterMs ? lastSignAt : null;
}

/** The status of a run, and whether one that says it goes on has fallen silent. */
export function RunStatusBadge({ run }: { run: Living }) {
  const t = useWords('common');
  const locale = usePreferences((state) => state.locale);
  const silentSince = useSilence(run);
  if (silentSince === null) return <StatusBadge status={run.status} />;
  const when = formatRelative(silentSince, Date.now(), locale, t('time.justNow'));
  return (
    <Badge tone="warn" shape="◌" title={t('silent.since', { when })}>
      {t('silent.short')}
    </Badge>
  );
}
