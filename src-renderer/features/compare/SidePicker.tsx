import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { IconFolder, IconGitCommit, IconPackage, IconStack2 } from '@tabler/icons-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isBundlePath, type Side, topics, useOperation } from '../../client/index.ts';
import { RelativeTime, RunLabel, RunMark, usePathChoice } from '../../ui/index.ts';
import css from './compare.module.css';
import { matching } from './rows.ts';

export interface SidePickerProps {
  /** What this side is for: `From`, `To`. */
  readonly label: string;
  readonly value: string | null;
  /** The side as the core resolved it, once it has. */
  readonly side: Side | null;
  readonly onChange: (reference: string) => void;
}

const shownRuns = 60;
const shownCommits = 40;

/** Stands for choosing a file in the list of options; no reference has a line break. */
const chooseBundle = '\n';

/** Picks a run by number or name, a commit, the workspace, a bundle, or a revision that is typed. */
export function SidePicker({ label, value, side, onChange }: SidePickerProps) {
  const { t } = useTranslation('compare');
  const [search, setSearch] = useState('');
  const box = useCombobox({
    onDropdownClose: (source) => {
      if (source === 'keyboard') box.focusTarget();
      box.resetSelectedOption();
      setSearch('');
    },
    onDropdownOpen: () => box.focusSearchInput(),
  });
  const options = useOptions(search, box.dropdownOpened);
  const { choose, browser } = usePathChoice({ kind: 'file', extensions: ['zip'] }, onChange);
  return (
    <Combobox
      store={box}
      width={420}
      position="bottom-start"
      onOptionSubmit={(reference) => {
        box.closeDropdown('keyboard');
        if (reference === chooseBundle) void choose();
        else onChange(reference);
      }}
    >
      <Combobox.Target targetType="button">
        <InputBase
          component="button"
          type="button"
          pointer
          size="sm"
          className={css.picker}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => box.toggleDropdown()}
        >
          <span className={css.pickerValue}>
            <span className={css.pickerLabel}>{label}</span>
            {value === null ? (
              <span className={css.placeholder}>{t('pick')}</span>
            ) : (
              <SideTitle reference={value} side={side} />
            )}
          </span>
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            box.selectFirstOption();
          }}
          onKeyDown={(event) => {
            // The list stands at the end of the page, where Tab would lose the keyboard.
            if (event.key !== 'Tab') return;
            event.preventDefault();
            box.closeDropdown('keyboard');
          }}
          placeholder={t('pickHint')}
          aria-label={t('pickHint')}
        />
        <Combobox.Options className={css.options} aria-label={label}>
          {options}
        </Combobox.Options>
      </Combobox.Dropdown>
      {browser}
    </Combobox>
  );
}

/** A side's mark and name: what it is stands before what it is called. */
export function SideTitle({ reference, side }: { reference: string; side: Side | null }) {
  const { t } = useTranslation('compare');
  const kind = side?.kind ?? kindOf(reference);
  if (kind === 'workspace') {
    return (
      <span className={css.sideTitle}>
        <IconFolder size={14} aria-hidden />
        {t('workspace')}
      </span>
    );
  }
  if (kind === 'group') {
    return (
      <span className={css.sideTitle} title={side?.title}>
        <IconStack2 size={14} aria-hidden />
        <b>{t('runsInGroup', { count: side?.runIds?.length ?? 0 })}</b>
        <span className={css.clip}>{side?.title}</span>
      </span>
    );
  }
  if (kind === 'run') {
    const [number = reference, ...name] = (side?.title ?? reference).split(' ');
    return <RunLabel label={number} name={name.join(' ')} />;
  }
  return (
    <span className={css.sideTitle} title={side?.title}>
      {kind === 'commit' && <IconGitCommit size={14} aria-hidden />}
      {kind === 'bundle' && <IconPackage size={14} aria-hidden />}
      <span className={css.clip}>{side?.title ?? reference.replace(/^.*[/\\](?=.)/, '')}</span>
    </span>
  );
}

/** What a side is called where there is no room for its mark. */
export function useSideName(): (side: Side | undefined) => string {
  const { t } = useTranslation('compare');
  return useCallback(
    (side) => (side?.kind === 'workspace' ? t('workspace') : (side?.title ?? '')),
    [t],
  );
}

/** What a reference is before the core has said so, where its form tells. */
function kindOf(reference: string): Side['kind'] | null {
  if (reference === 'workspace') return 'workspace';
  return isBundlePath(reference) ? 'bundle' : null;
}

/** The groups of the list: the workspace, runs, commits, and what was typed taken as a revision. */
function useOptions(search: string, open: boolean): ReactNode {
  const { t } = useTranslation('compare');
  const runs = useOperation('runs.list', {}, { topics: [topics.runs], enabled: open });
  const commits = useOperation(
    'timeline.list',
    { kinds: ['commit'], text: search, limit: shownCommits },
    { topics: [topics.git], enabled: open, keepPrevious: true },
  );
  const found = useMemo(
    () =>
      (runs.data?.rows ?? [])
        .filter((run) => matching(`${run.label} ${run.name} ${run.experimentName}`, search))
        .toSorted((a, b) => b.createdAt - a.createdAt),
    [runs.data, search],
  );
  const word = search.trim();
  return (
    <>
      {matching(`workspace ${t('workspace')}`, search) && (
        <Combobox.Option value="workspace" className={css.option}>
          <IconFolder size={14} aria-hidden />
          {t('workspace')}
          <span className={css.optionEnd}>{t('workspaceHint')}</span>
        </Combobox.Option>
      )}
      {found.length > 0 && (
        <Combobox.Group
          label={t('runs', { shown: Math.min(found.length, shownRuns), total: found.length })}
        >
          {found.slice(0, shownRuns).map((run) => (
            <Combobox.Option key={run.id} value={run.label} className={css.option}>
              <RunMark label={run.label} />
              <b>{run.label}</b>
              <span className={css.clip}>{run.name}</span>
              <span className={css.optionEnd}>
                <RelativeTime at={run.createdAt} />
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Group>
      )}
      {(commits.data?.cells.length ?? 0) > 0 && (
        <Combobox.Group label={t('commits')}>
          {commits.data?.cells.map((cell) =>
            cell.kind === 'commit' ? (
              <Combobox.Option key={cell.key} value={cell.oid.slice(0, 10)} className={css.option}>
                <IconGitCommit size={14} aria-hidden />
                <code>{cell.oid.slice(0, 7)}</code>
                <span className={css.clip}>{cell.subject}</span>
                <span className={css.optionEnd}>
                  <RelativeTime at={cell.at} />
                </span>
              </Combobox.Option>
            ) : null,
          )}
        </Combobox.Group>
      )}
      {(isBundlePath(word) || matching(`bundle ${t('chooseBundle')}`, search)) && (
        <Combobox.Group label={t('bundle')}>
          <Combobox.Option value={isBundlePath(word) ? word : chooseBundle} className={css.option}>
            <IconPackage size={14} aria-hidden />
            {isBundlePath(word) ? t('useRevision', { revision: word }) : t('chooseBundle')}
          </Combobox.Option>
        </Combobox.Group>
      )}
      {word.includes(',') && !isBundlePath(word) && (
        <Combobox.Group label={t('group')}>
          <Combobox.Option value={word} className={css.option}>
            <IconStack2 size={14} aria-hidden />
            {t('useGroup', { runs: word })}
          </Combobox.Option>
        </Combobox.Group>
      )}
      {word !== '' && kindOf(word) === null && !word.includes(',') && (
        <Combobox.Group label={t('revision')}>
          <Combobox.Option value={word} className={css.option}>
            <IconGitCommit size={14} aria-hidden />
            {t('useRevision', { revision: word })}
          </Combobox.Option>
        </Combobox.Group>
      )}
    </>
  );
}
