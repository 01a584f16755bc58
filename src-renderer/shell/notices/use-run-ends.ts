import { useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { asClientError, useCall, useClient, type WorkspaceInfo } from '../../client/index.ts';
import { goTo, to, usePreferences } from '../../state/index.ts';
import { formatDuration, offer } from '../../ui/index.ts';
import { durationOf, type Ended, isWorthAWord, step, worthMs } from './ends.ts';
import { canNotify, showNotice } from './system-notice.ts';
import { useRunning } from './use-running.ts';

const nobody = { root: null, ids: new Set<string>() };

/** More runs than this that end at once share one message. */
const mostMessages = 3;

/**
 * Tells the person who is elsewhere that a run has ended, in a message of the system's. Asks once
 * whether that is wanted, when a run has taken long enough for somebody to go and do something else.
 */
export function useRunEnds(workspace: WorkspaceInfo | null): void {
  const { t } = useTranslation(['shell', 'common']);
  const { bridge } = useClient();
  const call = useCall();
  const count = workspace?.counts.running ?? 0;
  const root = workspace?.root ?? null;
  const running = useRunning(count);
  const seen = useRef<{ root: string | null; ids: ReadonlySet<string> }>(nobody);
  const wanted = usePreferences((state) => state.notifyRuns);

  const say = useEffectEvent((ended: readonly Ended[]): void => {
    if (usePreferences.getState().notifyRuns !== 'yes' || document.hasFocus()) return;
    const word = (run: Ended): string => t(`common:runStatus.${run.status}`);
    if (ended.length > mostMessages) {
      const body = ended.map((run) => `${run.label} ${word(run)}`).join(', ');
      const title = t('notice.several', { count: ended.length });
      showNotice(bridge, { title, body: body.slice(0, 300), run: null }, () => {});
      return;
    }
    for (const run of ended) {
      showNotice(
        bridge,
        {
          title: `${run.label} ${run.name}`.slice(0, 120),
          body: t('notice.ended', { status: word(run), duration: formatDuration(durationOf(run)) }),
          run: run.id,
        },
        () => goTo(to('run', [run.id])),
      );
    }
  });

  const look = useEffectEvent(async (ids: readonly string[]): Promise<void> => {
    const later = new Set<string>();
    const find = async (id: string): Promise<readonly Ended[]> => {
      try {
        const run = await call('runs.get', { id });
        // Many newer ones have come since, so that it is not among the newest any more.
        if (run.status === 'RUNNING') later.add(id);
        return isWorthAWord(run) ? [run] : [];
      } catch (error) {
        if (asClientError(error).code === 'disconnected') later.add(id);
        return [];
      }
    };
    const ended = (await Promise.all(ids.map(find))).flat();
    if (seen.current.root !== root) return;
    seen.current = { root, ids: new Set([...seen.current.ids, ...later]) };
    say(ended);
  });

  // With the count, for what goes on and is not listed.
  const key = running && [count, ...running.map(({ run }) => run.id)].join(' ');
  useEffect(() => {
    if (key === undefined) return;
    // Runs of another folder neither end nor go on.
    const before = seen.current.root === root ? seen.current.ids : nobody.ids;
    const next = step(before, key.split(' ').slice(1));
    seen.current = { root, ids: next.seen };
    if (next.gone.length > 0) void look(next.gone);
  }, [key, root]);

  const ask = useEffectEvent((): void => {
    const set = (notifyRuns: 'yes' | 'no'): void => usePreferences.getState().set({ notifyRuns });
    // Asked once: no answer is one as well, and the settings have the switch.
    set('no');
    offer(t('notice.offer'), [
      { label: t('notice.yes'), act: () => void allow(bridge !== null).then(set) },
      { label: t('notice.no'), act: () => set('no') },
    ]);
  });
  const someRun = count > 0;
  useEffect(() => {
    if (!someRun || wanted !== 'ask' || !canNotify(bridge)) return;
    const timer = setTimeout(ask, worthMs);
    return () => clearTimeout(timer);
  }, [someRun, wanted, bridge]);
}

/** Asks the browser for its leave where there is one. */
async function allow(desktop: boolean): Promise<'yes' | 'no'> {
  if (desktop) return 'yes';
  return (await Notification.requestPermission()) === 'granted' ? 'yes' : 'no';
}
