import { Button, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { topics, useOperation, type WorkspaceInfo } from '../../client/index.ts';
import { type Locale, locales, localized } from '../../i18n/index.ts';
import {
  type Density,
  resetPreferences,
  showDialog,
  type TextSize,
  type ThemeChoice,
  textSizes,
  to,
  useGo,
  usePreferences,
} from '../../state/index.ts';
import { Facts, formatSize, MiddleEllipsis, Page, Section, useCommand } from '../../ui/index.ts';
import { Notices } from './Notices.tsx';
import css from './settings.module.css';

const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];
const densities: readonly Density[] = ['compact', 'comfortable'];

/** How the window looks, and what Cairn knows of the folder that is open. */
export default function Settings() {
  const { t } = useTranslation('settings');
  const go = useGo();
  const info = useOperation(
    'workspace.info',
    {},
    { topics: [topics.workspace, topics.git, topics.runs] },
  ).data;
  return (
    <Page title={t('title')}>
      <div className={css.columns}>
        <Appearance />
        <Section title={t('folder')}>
          {info == null ? <p className={css.dim}>{t('noFolder')}</p> : <Folder info={info} />}
        </Section>
        {info != null && (
          <Section title={t('tidy')}>
            <p className={css.about}>{t('tidyText')}</p>
            <Group gap={8}>
              <Button onClick={() => go(to('tidy'))}>{t('openTrash')}</Button>
              <Button onClick={() => go(to('tidy', [], { tab: 'rules' }))}>{t('openRules')}</Button>
            </Group>
          </Section>
        )}
        <Notices />
        <Section title={t('keys')}>
          <Group gap={8}>
            <Button onClick={() => showDialog({ kind: 'shortcuts' })}>{t('showKeys')}</Button>
            <Button onClick={() => showDialog({ kind: 'tour' })}>{t('tour')}</Button>
          </Group>
        </Section>
        <Section title={t('about')}>
          <p className={css.about}>{t('aboutText')}</p>
          <p className={css.dim}>{t('license')}</p>
        </Section>
      </div>
    </Page>
  );
}

function Appearance() {
  const { t } = useTranslation('settings');
  const { theme, locale, textSize, density, set } = usePreferences();
  return (
    <Section title={t('appearance')}>
      <Facts
        items={[
          [
            t('theme'),
            <SegmentedControl
              key="theme"
              aria-label={t('theme')}
              value={theme}
              onChange={(value) => set({ theme: value as ThemeChoice })}
              data={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
            />,
          ],
          [
            t('language'),
            <NativeSelect
              key="language"
              w={160}
              aria-label={t('language')}
              value={locale}
              onChange={(event) => set({ locale: event.currentTarget.value as Locale })}
              data={Object.entries(locales).map(([value, label]) => ({ value, label }))}
            />,
          ],
          [
            t('textSize'),
            <SegmentedControl
              key="size"
              aria-label={t('textSize')}
              value={String(textSize)}
              onChange={(value) => set({ textSize: Number(value) as TextSize })}
              data={textSizes.map((size) => ({ value: String(size), label: `${size} %` }))}
            />,
          ],
          [
            t('density'),
            <SegmentedControl
              key="density"
              aria-label={t('density')}
              value={density}
              onChange={(value) => set({ density: value as Density })}
              data={densities.map((value) => ({ value, label: t(`densities.${value}`) }))}
            />,
          ],
        ]}
      />
      <Button mt={8} onClick={resetPreferences}>
        {t('reset')}
      </Button>
    </Section>
  );
}

function Folder({ info }: { info: WorkspaceInfo }) {
  const { t } = useTranslation('settings');
  const trust = useCommand('workspace.setTrust');
  const audit = useOperation('workspace.audit', {}, { topics: [topics.workspace] }).data;
  const [gitProblem, pipelineProblem] = [info.git?.problem ?? null, info.pipeline.problem].map(
    (problem) => (problem === null ? null : localized(problem)),
  );
  const git = info.git === null ? t('noGit') : (gitProblem ?? info.git.branch ?? info.git.head);
  return (
    <>
      <Facts
        items={[
          [t('root'), <MiddleEllipsis key="root" text={info.root} max={64} mono />],
          [t('store'), <MiddleEllipsis key="store" text={info.storePath} max={64} mono />],
          [
            t('trust'),
            <span key="trust" className={css.trust}>
              {info.trusted ? t('trusted') : t('untrusted')}
              <Button
                loading={trust.busy}
                onClick={() => void trust.run({ trusted: !info.trusted })}
              >
                {info.trusted ? t('untrustIt') : t('trustIt')}
              </Button>
            </span>,
          ],
          [t('git'), git],
          [
            t('pipeline'),
            pipelineProblem ??
              (info.pipeline.present
                ? t('stages', { count: info.pipeline.stages })
                : t('noPipeline')),
          ],
          [
            t('counts'),
            (['runs', 'experiments', 'commits'] as const)
              .filter((what) => what !== 'commits' || info.git !== null)
              .map((what) => t(`counted.${what}`, { count: info.counts[what] }))
              .join(' · '),
          ],
          ...(info.cacheBytes === null ? [] : [[t('cache'), formatSize(info.cacheBytes)] as const]),
        ]}
      />
      {audit !== undefined && audit.items.length > 0 && (
        <details className={css.audit}>
          <summary>
            {t('found')} ({audit.items.length})
          </summary>
          <ul>
            {audit.items.map((item) => (
              <li key={`${item.kind} ${item.path}`}>
                <MiddleEllipsis text={item.path} max={40} mono />
                <span className={item.problem === null ? css.dim : css.problem}>
                  {localized(item.problem ?? item.detail)}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
