import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/index.ts';
import { Badge } from './badges.tsx';
import { formatSize } from './format.ts';
import { notifyError } from './messages.tsx';
import { CopyText } from './states.tsx';
import css from './written.module.css';

/** Shows a file or folder, by its absolute path, in the system's file manager; only a desktop window can. */
export function RevealButton({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const { bridge } = useClient();
  if (bridge === null) return null;
  return (
    <Button onClick={() => void bridge.revealPath(path).catch(notifyError)}>
      {t('written.reveal')}
    </Button>
  );
}

/** Says what was written and where, and what can be done with it now. */
export function Written({
  path,
  bytes,
  title,
  actions,
}: {
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** In place of the size alone. */
  readonly title?: ReactNode;
  /** Buttons that come before the usual ones. */
  readonly actions?: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <section className={css.written} role="status">
      <Badge tone="good" shape="✓">
        {title ?? t('written.size', { size: formatSize(bytes) })}
      </Badge>
      <code>{path}</code>
      <div className={css.actions}>
        {actions}
        <RevealButton path={path} />
        <CopyText text={path} label={t('written.copyPath')} />
      </div>
    </section>
  );
}
