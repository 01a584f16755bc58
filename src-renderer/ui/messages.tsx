import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { create } from 'zustand';
import { asClientError } from '../client/index.ts';
import { localized } from '../i18n/index.ts';

/** Says that something was done. */
export function notify(message: string): void {
  notifications.show({ message, autoClose: 3000 });
}

let offered: string | null = null;

/** Takes away the button of {@link notifyUndo}: what it would take back is no longer the last edit. */
export function forgetUndo(): void {
  if (offered !== null) notifications.hide(offered);
  offered = null;
}

/** Says that something was done, with a button that takes it back for ten seconds, or until the next edit. */
export function notifyUndo(message: string, undo: () => void): void {
  forgetUndo();
  const id = notifications.show({
    autoClose: 10_000,
    message: (
      <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}>
        <span style={{ flex: 1 }}>{message}</span>
        <Button
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {i18next.t('undo')}
        </Button>
      </span>
    ),
  });
  offered = id;
}

/** Offers something, and stays until one of the answers, or none, was chosen. */
export function offer(
  message: string,
  answers: readonly { readonly label: string; readonly act: () => void }[],
): void {
  const id = notifications.show({
    autoClose: false,
    message: (
      <span style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
        {message}
        <span style={{ display: 'flex', gap: 8 }}>
          {answers.map(({ label, act }) => (
            <Button
              key={label}
              onClick={() => {
                notifications.hide(id);
                act();
              }}
            >
              {label}
            </Button>
          ))}
        </span>
      </span>
    ),
  });
}

/** Says what went wrong. What a person cancelled is not an error. */
export function notifyError(thrown: unknown): void {
  const error = asClientError(thrown);
  if (error.code === 'cancelled') return;
  notifications.show({
    color: 'red',
    title: i18next.t('errors.title'),
    message:
      error.code === 'disconnected' ? i18next.t('errors.disconnected') : localized(error.message),
    autoClose: 12_000,
    role: 'alert',
  });
}

/** A question before something that cannot be undone. */
export interface Question {
  readonly title: string;
  /** What will go, and how much of it. */
  readonly body: string;
  readonly action: string;
  /** Text that must be typed before the action can be taken, for what hurts most. */
  readonly typed?: string;
}

interface Asking {
  readonly question: (Question & { readonly answer: (yes: boolean) => void }) | null;
}

/** The question on screen; `ConfirmDialog` in the shell shows it. */
export const useQuestion = create<Asking>(() => ({ question: null }));

/** Asks, and resolves to whether the person agreed. */
export function confirm(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    useQuestion.setState({
      question: {
        ...question,
        answer: (yes) => {
          useQuestion.setState({ question: null });
          resolve(yes);
        },
      },
    });
  });
}
