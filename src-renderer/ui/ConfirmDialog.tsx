import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './Dialog.tsx';
import { useQuestion } from './messages.tsx';

/** Shows what `confirm` asks. Mounted once, by the shell. */
export function ConfirmDialog() {
  const { t } = useTranslation();
  const question = useQuestion((state) => state.question);
  const [typed, setTyped] = useState('');
  if (question === null) return null;
  const close = (yes: boolean): void => {
    setTyped('');
    question.answer(yes);
  };
  const needed = question.typed;
  return (
    <Dialog onClose={() => close(false)} title={question.title} size="md">
      <Text mb="md">{question.body}</Text>
      {needed !== undefined && (
        <TextInput
          mb="md"
          label={needed}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <Group justify="flex-end">
        <Button onClick={() => close(false)}>{t('cancel')}</Button>
        <Button
          variant="filled"
          color="red"
          disabled={needed !== undefined && typed !== needed}
          onClick={() => close(true)}
        >
          {question.action}
        </Button>
      </Group>
    </Dialog>
  );
}
