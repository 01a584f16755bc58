import { ActionIcon, Button, Switch } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import {
  formatSize,
  notify,
  notifyError,
  Spacer,
  stripAnsi,
  useTextScale,
} from '../../ui/index.ts';
import { GoToLine } from './GoToLine.tsx';
import { LogLineView } from './LogLineView.tsx';
import { LogSearchField } from './LogSearchField.tsx';
import css from './runs.module.css';
import { saveLog } from './save-log.ts';
import { useLog } from './use-log.ts';
import { useLogSearch } from './use-log-search.ts';
import { useLogTimes } from './use-log-times.ts';

/** At the usual size of the text, in pixels; in rem in runs.module.css. */
const usualLineHeight = 18;
/** A log that goes on is searched again when it has grown by this much. */
const searchedAgain = 16 * 2 ** 20;

/** A log as a terminal would show it: live, followed at its end, searchable as a whole. */
export function LogView({
  runId,
  stage,
  name,
  live,
  foreign,
  picker,
}: {
  runId: string;
  stage: string;
  name: string;
  live: boolean;
  /** Whether something else than Cairn ran it. */
  readonly foreign: boolean;
  picker: ReactNode;
}) {
  const { t } = useTranslation(['runs', 'common']);
  const call = useCall();
  const log = useLog(runId, stage);
  const { buffer, version } = log;
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const [timed, setTimed] = useState(false);
  const [needle, setNeedle] = useState('');
  const [match, setMatch] = useState(0);
  /** A line that is to be shown once it is there, and whose number is known. */
  const [target, setTarget] = useState<Place | null>(null);
  const shownTarget = useRef<Place | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const clipboard = useClipboard();
  const lineHeight = Math.round(usualLineHeight * useTextScale());
  const count = buffer.count;
  const { timeOf, none: untimed } = useLogTimes(runId, stage, log, timed);
  const lines = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 30,
  });
  useEffect(() => {
    if (lineHeight > 0) lines.measure();
  }, [lineHeight, lines]);
  // What fits into memory is searched here; the core searches what does not.
  const size = useRef(0);
  size.current = Math.max(size.current, buffer.end + log.after);
  const whole = log.before === 0 && log.after === 0 && !buffer.dropped;
  const search = useLogSearch(
    runId,
    stage,
    whole ? '' : needle,
    Math.floor(size.current / searchedAgain),
  );
  const here = useMemo(() => {
    void version;
    return needle === '' || !whole ? [] : findLines(buffer.texts(), needle);
  }, [buffer, needle, whole, version]);
  const total = whole ? here.length : search.matches.length;
  const at = Math.min(match, total - 1);
  const place = whole ? undefined : search.matches[at];
  const pointed = place ?? target ?? undefined;
  const current = whole ? here[at] : pointed && buffer.indexAt(pointed.offset);
  const known = [target, place].find((one) => one != null && buffer.indexAt(one.offset) >= 0);
  const first = whole ? 1 : known ? known.line - buffer.indexAt(known.offset) : null;

  useEffect(() => {
    if (follow && log.after === 0 && version > 0 && count > 0) {
      lines.scrollToIndex(count - 1, { align: 'end' });
    }
  }, [follow, log.after, version, count, lines]);
  useEffect(() => {
    void version;
    if (target === null || shownTarget.current === target) return;
    const index = buffer.indexAt(target.offset);
    if (index < 0) return;
    shownTarget.current = target;
    lines.scrollToIndex(index, { align: 'center' });
  }, [target, buffer, version, lines]);

  const goTo = (wanted: Place): void => {
    setFollow(false);
    setTarget({ ...wanted });
    log.show(wanted.offset);
  };
  const goToMatch = (index: number): void => {
    if (total === 0) return;
    const next = (index + total) % total;
    setMatch(next);
    setFollow(false);
    const wanted = search.matches[next];
    if (whole) lines.scrollToIndex(here[next] ?? 0, { align: 'center' });
    else if (wanted !== undefined) goTo(wanted);
  };
  const toggleFollow = (on: boolean): void => {
    setFollow(on);
    if (on) log.showEnd();
  };
  const copy = (): void => {
    clipboard.copy([...buffer.texts()].map(stripAnsi).join('\n'));
    notify(t('common:copied'));
  };

  /** Another tool's run without a log: there is nothing that the tools could do. */
  const nothing = foreign && !live && !picker && count === 0;

  return (
    <div className={css.log}>
      {!nothing && (
        <div className={css.logTools}>
          {picker}
          <LogSearchField
            needle={needle}
            onNeedle={(text) => {
              setNeedle(text);
              setMatch(0);
            }}
            total={total}
            at={at}
            cut={search.cut}
            progress={search.progress}
            error={search.error}
            onGo={(way) => goToMatch(match + way)}
          />
          <Spacer />
          {whole ? (
            <span className={css.dim}>{t('log.lines', { count })}</span>
          ) : (
            <GoToLine
              onGo={(line) =>
                void call('runs.logLine', { id: runId, stage, line }).then(goTo, notifyError)
              }
            />
          )}
          <Switch
            label={t('log.times')}
            checked={timed}
            onChange={(event) => setTimed(event.currentTarget.checked)}
          />
          <Switch
            label={t('log.wrap')}
            checked={wrap}
            onChange={(event) => {
              setWrap(event.currentTarget.checked);
              lines.measure();
            }}
          />
          <Switch
            label={t('log.follow')}
            checked={follow}
            onChange={(event) => toggleFollow(event.currentTarget.checked)}
          />
          <ActionIcon aria-label={t('log.copy')} title={t('log.copy')} onClick={copy}>
            <IconCopy size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={t('log.save')}
            title={t('log.save')}
            onClick={() => void saveLog(call, runId, stage).catch(notifyError)}
          >
            <IconDownload size={16} />
          </ActionIcon>
        </div>
      )}
      {log.before > 0 && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => {
            setFollow(false);
            log.showEarlier();
          }}
        >
          {t('log.earlier', { size: formatSize(log.before) })}
        </Button>
      )}
      {untimed && <p className={css.dim}>{t('log.noTimes')}</p>}
      {buffer.dropped && <p className={css.dim}>{t('log.dropped')}</p>}
      {log.error !== null && count === 0 ? (
        <p className={css.logNote}>{t('log.failed', { message: localized(log.error) })}</p>
      ) : count === 0 ? (
        <p className={css.logNote}>
          {log.running && version === 0
            ? t('common:loading')
            : live
              ? t('log.waiting')
              : foreign
                ? t('log.foreign')
                : t('log.empty')}
        </p>
      ) : (
        <section
          ref={scroller}
          className={css.logLines}
          data-wrap={wrap || undefined}
          aria-label={t('log.label', { stage: name })}
          {...scrollable}
          onWheel={(event) => event.deltaY < 0 && setFollow(false)}
          onKeyDown={(event) => {
            if (['ArrowUp', 'PageUp', 'Home'].includes(event.key)) setFollow(false);
            if (event.key === 'End') toggleFollow(true);
          }}
        >
          <div style={{ height: lines.getTotalSize(), position: 'relative' }}>
            {lines.getVirtualItems().map((item) => (
              <LogLineView
                key={item.key}
                line={buffer.line(item.index)}
                index={item.index}
                measure={wrap ? lines.measureElement : undefined}
                number={first === null ? null : first + item.index}
                time={timed && !untimed ? timeOf(buffer.startOf(item.index)) : undefined}
                top={item.start}
                needle={needle}
                current={item.index === current}
              />
            ))}
          </div>
        </section>
      )}
      {log.after > 0 && (
        <Button variant="subtle" color="gray" onClick={log.showLater}>
          {t('log.later', { size: formatSize(log.after) })}
        </Button>
      )}
    </div>
  );
}

interface Place {
  readonly offset: number;
  readonly line: number;
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
