import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../client/index.ts';
import { notifyError } from './messages.tsx';
import { PathBrowser } from './PathBrowser.tsx';
import css from './path-field.module.css';

export interface PathFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** What is chosen: an existing file, an existing folder, or the place of a new file. */
  readonly kind: 'file' | 'folder' | 'save';
  /** Extensions without a dot, for `file`; empty for any. */
  readonly extensions?: readonly string[];
  /** File name offered for `save`. */
  readonly suggestedName?: string;
  readonly error?: string | null;
  readonly placeholder?: string;
}

/** A path that can be typed, or chosen in the system's dialog, or on a page in a list of folders. */
export function PathField(props: PathFieldProps) {
  const { t } = useTranslation();
  const { bridge } = useClient();
  const [browsing, setBrowsing] = useState(false);
  const choose = async (): Promise<void> => {
    if (bridge === null) return setBrowsing(true);
    try {
      const path =
        props.kind === 'file'
          ? await bridge.pickFile(props.extensions ?? [])
          : props.kind === 'folder'
            ? await bridge.pickFolder()
            : await bridge.saveFile(props.suggestedName ?? '');
      if (path !== null) props.onChange(path);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <div className={css.field}>
      <TextInput
        className={css.input}
        label={props.label}
        description={props.description}
        placeholder={props.placeholder}
        error={props.error}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
      <Button onClick={() => void choose()}>{t('browse.choose')}</Button>
      {browsing && (
        <PathBrowser
          kind={props.kind}
          extensions={props.extensions ?? []}
          suggestedName={props.suggestedName ?? ''}
          onClose={() => setBrowsing(false)}
          onChoose={(path) => {
            setBrowsing(false);
            props.onChange(path);
          }}
        />
      )}
    </div>
  );
}
