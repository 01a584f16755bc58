import { useEffect, useRef } from 'react';
import css from './filter-field.module.css';
import type { CompletionItem } from './use-completion.ts';

/** The suggestions below a text field. The field keeps the focus. */
export function CompletionList({
  id,
  label,
  items,
  active,
  onChoose,
}: {
  id: string;
  label: string;
  items: readonly CompletionItem[];
  active: number;
  onChoose: (item: CompletionItem) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className={css.completions}>
      {items.map((item, index) => (
        <div
          key={item.text}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={css.completion}
          // Before the field loses the focus.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(item);
          }}
        >
          <span className={css.completionText} title={item.text}>
            {item.text}
          </span>
          <span className={css.completionDetail}>{item.detail}</span>
        </div>
      ))}
    </div>
  );
}
