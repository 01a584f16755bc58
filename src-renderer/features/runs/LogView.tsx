import { ActionIcon, Button, Switch, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconCopy, IconSearch } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localized } from '../../i18n/index.ts';
import { formatSize, notify, Spacer, stripAnsi } from '../../ui/index.ts';
import { LogLineView } from './LogLineView.tsx';
import css from './runs.module.css';
import { useLog } from './use-log.ts';

const lineHeight = 18;

/** A log as a terminal would show it: live, followed while it is at its end, searchable. */
export function LogView({
  runId,
  stage,
  name,
  live,
  picker,
}: {
  runId: string;
  stage: string;
  name: string;
  live: boolean;
  picker: ReactNode;
}) {
  const { t } = useTranslation(['runs', 'common']);
  const log = useLog(runId, stage);
  const { buffer, version } = log;
  const [follow, setFollow] = useState(true);
  const [needle, setNeedle] = useState('');
  const [match, setMatch] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const clipboard = useClipboard();
  const count = buffer.count;
  const lines = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  });

  const matches = useMemo(() => {
    void version;
    return needle === '' ? [] : findLines(buffer.texts(), needle);
  }, [buffer, needle, version]);
  const current = matches[Math.min(match, matches.length - 1)];

  useEffect(() => {
    if (follow && version > 0 && count > 0) lines.scrollToIndex(count - 1, { align: 'end' });
  }, [follow, version, count, lines]);

  const goToMatch = (index: number): void => {
    if (matches.length === 0) return;
    const next = (index + matches.length) % matches.length;
    setMatch(next);
    setFollow(false);
    lines.scrollToIndex(matches[next] ?? 0, { align: 'center' });
  };
  const copy = (): void => {
    clipboard.copy([...buffer.texts()].map(stripAnsi).join('\n'));
    notify(t('common:copied'));
  };

  return (
    <div className={css.log}>
      <div className={css.logTools}>
        {picker}
        <TextInput
          data-filter
          aria-label={t('log.search')}
          placeholder={t('log.search')}
          leftSection={<IconSearch size={14} />}
          value={needle}
          onChange={(event) => {
            setNeedle(event.currentTarget.value);
            setMatch(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') goToMatch(match + (event.shiftKey ? -1 : 1));
            if (event.key === 'Escape') setNeedle('');
          }}
        />
        {needle !== '' && (
          <>
            <span className={css.dim} role="status">
              {matches.length === 0
                ? t('log.noMatches')
                : `${Math.min(match, matches.length - 1) + 1} / ${t('log.matches', { count: matches.length })}`}
            </span>
            <ActionIcon aria-label={t('log.previous')} onClick={() => goToMatch(match - 1)}>
              <IconChevronUp size={16} />
            </ActionIcon>
            <ActionIcon aria-label={t('log.next')} onClick={() => goToMatch(match + 1)}>
              <IconChevronDown size={16} />
            </ActionIcon>
          </>
        )}
        <Spacer />
        <span className={css.dim}>{t('log.lines', { count })}</span>
        <Switch
          label={t('log.follow')}
          checked={follow}
          onChange={(event) => setFollow(event.currentTarget.checked)}
        />
        <ActionIcon aria-label={t('log.copy')} title={t('log.copy')} onClick={copy}>
          <IconCopy size={16} />
        </ActionIcon>
      </div>
      {log.before > 0 && (
        <Button variant="subtle" color="gray" onClick={log.loadEarlier}>
          {t('log.earlier', { size: formatSize(log.before) })}
        </Button>
      )}
      {buffer.dropped && <p className={css.dim}>{t('log.dropped')}</p>}
      {log.error !== null && count === 0 ? (
        <p className={css.logNote}>{t('log.failed', { message: localized(log.error) })}</p>
      ) : count === 0 ? (
        <p className={css.logNote}>
          {log.running && version === 0
            ? t('common:loading')
            : live
              ? t('log.waiting')
              : t('log.empty')}
        </p>
      ) : (
        <section
          ref={scroller}
          className={css.logLines}
          aria-label={t('log.label', { stage: name })}
          {...scrollable}
          onWheel={(event) => event.deltaY < 0 && setFollow(false)}
          onKeyDown={(event) => {
            if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) setFollow(false);
            if (event.key === 'End') setFollow(true);
          }}
        >
          <div style={{ height: lines.getTotalSize(), position: 'relative' }}>
            {lines.getVirtualItems().map((item) => (
              <LogLineView
                key={item.key}
                line={buffer.line(item.index)}
                number={item.index + 1}
                top={item.start}
                needle={needle}
                current={item.index === current}
              />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}

/** What scrolls must be reachable by the keyboard. */
const scrollable = { tabIndex: 0 } as const;

function findLines(texts: Iterable<string>, needle: string): number[] {
  const wanted = needle.toLowerCase();
  const found: number[] = [];
  let index = 0;
  for (const text of texts) {
    if (stripAnsi(text).toLowerCase().includes(wanted)) found.push(index);
    index += 1;
  }
  return found;
}
