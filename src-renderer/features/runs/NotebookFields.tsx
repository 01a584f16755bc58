import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { ErrorState, MiddleEllipsis, Skeletons } from '../../ui/index.ts';
import type { NotebookDraft } from './draft.ts';
import css from './runs.module.css';

/** The parameters that a notebook declares, and those that it was given beyond them. */
export function NotebookFields({
  draft,
  onChange,
}: {
  draft: NotebookDraft;
  onChange: (draft: NotebookDraft) => void;
}) {
  const { t } = useTranslation('runs');
  const { data, error, reload } = useOperation(
    'notebooks.get',
    { path: draft.path },
    { topics: [topics.workspace] },
  );
  if (error !== null && data === undefined) return <ErrorState error={error} onRetry={reload} />;
  if (data === undefined) return <Skeletons rows={3} />;
  const declared = data.parameters.map(({ name, value, comment }) => ({ name, value, comment }));
  const known = new Set(declared.map(({ name }) => name));
  const given = Object.keys(draft.params)
    .filter((name) => !known.has(name))
    .map((name) => ({ name, value: '', comment: '' }));
  const set = (name: string, typed: string, own: string): void => {
    const { [name]: _, ...others } = draft.params;
    // What is as the notebook has it is left to the notebook.
    const isOwn = typed === own && known.has(name);
    onChange({ ...draft, params: isOwn ? others : { ...others, [name]: typed } });
  };
  return (
    <fieldset className={css.paramFields}>
      <legend>
        <MiddleEllipsis text={draft.path} max={60} mono />
      </legend>
      {declared.length + given.length === 0 ? (
        <p className={css.hint}>{t('new.noNotebookParams')}</p>
      ) : (
        <p className={css.hint}>{t('new.notebookParamsHint')}</p>
      )}
      <div className={css.paramGrid}>
        {[...declared, ...given].map(({ name, value, comment }) => {
          const own = unquoted(value);
          return (
            <div key={name} className={css.paramField}>
              <label htmlFor={`notebook ${name}`}>
                <MiddleEllipsis text={name} max={30} />
              </label>
              <TextInput
                id={`notebook ${name}`}
                title={comment}
                value={draft.params[name] ?? own}
                spellCheck={false}
                classNames={{ input: css.codeInput ?? '' }}
                data-changed={name in draft.params || undefined}
                onChange={(event) => set(name, event.currentTarget.value, own)}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}

/** A string as the cell writes it, without its quotes. */
function unquoted(value: string): string {
  return /^'[^'\\]*'$|^"[^"\\]*"$/.test(value) ? value.slice(1, -1) : value;
}
