import {
  Button,
  CloseButton,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  TextInput,
} from '@mantine/core';
import { IconListTree } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToolButton } from '../ToolButton.tsx';
import type { Places } from './lines.ts';
import css from './table.module.css';
import type { ColumnSpec, View } from './view.ts';
import { seedPattern } from './view.ts';
import { changeView, setFolds } from './view-store.ts';

type Group = View['group'];
/** More would leave nothing to tell apart. */
const mostFields = 8;

/** Whether runs stand one by one, below each other, or in groups. */
export function GroupMenu({
  view,
  columns,
  places,
}: {
  view: View;
  columns: readonly ColumnSpec[];
  places: Places;
}) {
  const { t } = useTranslation('table');
  const { group } = view;
  const set = (next: Group): void => changeView((now) => ({ ...now, group: next }));
  const choose = (kind: string): void => {
    if (kind === 'seed') set({ kind, pattern: seedPattern });
    else if (kind === 'by') set({ kind, fields: ['experiment'] });
    else if (kind === 'nested' || kind === 'none') set({ kind });
  };
  // Runs that are nested are open until they are folded, groups the other way round.
  const foldAll = (fold: boolean): void =>
    setFolds(fold === (group.kind === 'nested') ? foldableKeys(places) : []);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ToolButton
          icon={<IconListTree size={14} />}
          label={t('group')}
          variant={group.kind === 'none' ? 'default' : 'light'}
        />
      </Popover.Target>
      <Popover.Dropdown w={300}>
        <Radio.Group label={t('grouping.title')} value={group.kind} onChange={choose}>
          <div className={css.choices}>
            {(['none', 'nested', 'seed', 'by'] as const).map((kind) => (
              <Radio key={kind} value={kind} label={t(`grouping.${kind}`)} />
            ))}
          </div>
        </Radio.Group>
        {group.kind === 'seed' && (
          <SeedNames
            key={group.pattern}
            pattern={group.pattern}
            onPattern={(pattern) => set({ kind: 'seed', pattern })}
          />
        )}
        {group.kind === 'by' && (
          <GroupFields
            fields={group.fields}
            columns={columns}
            onFields={(fields) =>
              set(fields.length === 0 ? { kind: 'none' } : { kind: 'by', fields })
            }
          />
        )}
        {(group.kind === 'by' || group.kind === 'seed') && (
          <>
            <p className={css.hint}>{t('grouping.shows')}</p>
            <SegmentedControl
              fullWidth
              orientation="vertical"
              aria-label={t('grouping.shows')}
              value={view.ofGroup}
              onChange={(ofGroup) =>
                changeView((now) => ({ ...now, ofGroup: ofGroup as View['ofGroup'] }))
              }
              data={(['mean', 'best', 'min', 'max'] as const).map((value) => ({
                value,
                label: t(`grouping.of.${value}`),
              }))}
            />
          </>
        )}
        {group.kind !== 'none' && (
          <div className={css.buttons}>
            <Button size="compact-xs" onClick={() => foldAll(false)}>
              {t('unfoldAll')}
            </Button>
            <Button size="compact-xs" onClick={() => foldAll(true)}>
              {t('foldAll')}
            </Button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Runs with others nested in them, or groups: what can be folded of what is listed. */
function foldableKeys(places: Places): string[] {
  return places.keys.filter((_, index) => places.at(index).open !== null);
}

function SeedNames({
  pattern,
  onPattern,
}: {
  pattern: string;
  onPattern: (pattern: string) => void;
}) {
  const { t } = useTranslation('table');
  const [text, setText] = useState(pattern);
  const apply = (): void => {
    if (text.trim() !== '' && text !== pattern) onPattern(text.trim());
  };
  return (
    <TextInput
      mt="sm"
      label={t('grouping.seedNames')}
      description={t('grouping.seedHint')}
      value={text}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}

function GroupFields({
  fields,
  columns,
  onFields,
}: {
  fields: readonly string[];
  columns: readonly ColumnSpec[];
  onFields: (fields: string[]) => void;
}) {
  const { t } = useTranslation('table');
  const free = columns.filter(({ id, kind }) => kind !== 'run' && !fields.includes(id));
  return (
    <>
      <ul className={css.groupFields}>
        {fields.map((field) => (
          <li key={field}>
            <span className={css.groupField} title={field}>
              {nameOf(columns, field, t)}
            </span>
            <CloseButton
              size="sm"
              aria-label={t('grouping.removeField', { field })}
              onClick={() => onFields(fields.filter((other) => other !== field))}
            />
          </li>
        ))}
      </ul>
      {fields.length < mostFields && (
        <Select
          searchable
          limit={100}
          aria-label={t('grouping.addField')}
          placeholder={t('grouping.addField')}
          value={null}
          comboboxProps={{ withinPortal: false }}
          onChange={(field) => field !== null && onFields([...fields, field])}
          data={free.map(({ id }) => ({ value: id, label: nameOf(columns, id, t) }))}
        />
      )}
    </>
  );
}

/** Columns of every run by their name, others as a filter says them. */
function nameOf(
  columns: readonly ColumnSpec[],
  id: string,
  t: ReturnType<typeof useTranslation<'table'>>['t'],
): string {
  const column = columns.find((one) => one.id === id);
  return column?.kind === 'attribute' ? t(`name.${id as 'status'}`) : id;
}
