import { CloseButton, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CompletionList } from './CompletionList.tsx';
import css from './filter-field.module.css';
import { type Complete, useCompletion } from './use-completion.ts';

/** The filter above a list: takes what is typed at once, and hands it on when the typing pauses. */
export function FilterField({
  label,
  hint,
  value,
  onChange,
  delayMs,
  basis,
  maxWidth,
  problem = null,
  complete,
}: {
  label: string;
  /** How to write a filter, on hover. */
  hint?: string;
  value: string;
  onChange: (text: string) => void;
  delayMs: number;
  /** Width from which it grows and shrinks, in pixels. */
  basis: number;
  maxWidth: number;
  /** What is wrong with the value, and from which character on (from 0). */
  problem?: { readonly sentence: string; readonly at: number | null } | null;
  /** Given, it suggests what could be written. Keep the function stable between renders. */
  complete?: Complete;
}) {
  const { t } = useTranslation();
  const sentenceId = useId();
  const listId = useId();
  const field = useRef<HTMLInputElement>(null);
  const [scrolled, setScrolled] = useState(0);
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), delayMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange, delayMs]);
  const completion = useCompletion(field, complete, setText);
  const isOpen = completion.items.length > 0;
  // What is being typed now has not been looked at yet.
  const shown = text === value ? problem : null;
  const combobox =
    complete === undefined
      ? {}
      : ({
          role: 'combobox',
          autoComplete: 'off',
          'aria-autocomplete': 'list',
          'aria-expanded': isOpen,
          'aria-controls': isOpen ? listId : undefined,
          'aria-activedescendant':
            completion.active < 0 ? undefined : `${listId}-${completion.active}`,
        } as const);
  return (
    <TextInput
      ref={field}
      data-filter
      {...combobox}
      aria-label={label}
      title={hint}
      placeholder={label}
      leftSection={<IconFilter size={14} />}
      rightSection={
        text !== '' && <CloseButton size="xs" aria-label={t('clear')} onClick={() => setText('')} />
      }
      value={text}
      flex={`1 1 ${basis}px`}
      maw={maxWidth}
      spellCheck={false}
      error={shown !== null}
      aria-describedby={shown === null || isOpen ? undefined : sentenceId}
      inputContainer={(input) => (
        <div className={css.field}>
          {input}
          {shown !== null && shown.at !== null && (
            <Underline field={field.current} text={text} at={shown.at} scrolled={scrolled} />
          )}
          {isOpen && (
            <CompletionList
              id={listId}
              label={t('suggestions')}
              items={completion.items}
              active={completion.active}
              onChoose={completion.choose}
            />
          )}
          {shown !== null && !isOpen && (
            <div id={sentenceId} role="status" className={css.problem}>
              {shown.sentence}
            </div>
          )}
        </div>
      )}
      onScroll={(event) => setScrolled(event.currentTarget.scrollLeft)}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        completion.ask(currentTarget.value, currentTarget.selectionStart ?? 0);
      }}
      onBlur={completion.close}
      onKeyDown={(event) => {
        if (completion.onKeyDown(event)) event.preventDefault();
        else if (event.key === 'Escape') leave(event.currentTarget);
      }}
    />
  );
}

/** Goes to the list that the field narrows, where there is one. */
function leave(field: HTMLInputElement): void {
  const list = field.closest('section, main')?.querySelector<HTMLElement>('[data-list]');
  if (list == null) field.blur();
  else list.focus({ preventScroll: true });
}

/** A wavy line below the word at a place of a text field, which has no way to mark a part of its text. */
function Underline({
  field,
  text,
  at,
  scrolled,
}: {
  field: HTMLInputElement | null;
  text: string;
  at: number;
  scrolled: number;
}) {
  if (field === null) return null;
  const { font, letterSpacing, paddingLeft, paddingRight } = getComputedStyle(field);
  const word = /^(?:"[^"]*"?|'[^']*'?|`[^`]*`?|[^\s"'`]+)/.exec(text.slice(at))?.[0] ?? ' ';
  return (
    <div
      aria-hidden
      className={css.mirror}
      style={{ font, letterSpacing, left: paddingLeft, right: paddingRight }}
    >
      <span className={css.mirrored} style={{ marginLeft: -scrolled }}>
        {text.slice(0, at)}
        <mark className={css.wrong}>{word}</mark>
      </span>
    </div>
  );
}
