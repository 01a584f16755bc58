import { Button, Checkbox, Group, Input, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asClientError, type Input as In, useCall } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { Dialog, PathField, Written } from '../../ui/index.ts';
import { printDocument } from './print.ts';
import css from './timeline.module.css';

const formats = { html: 'html', markdown: 'md', ipynb: 'ipynb', pdf: 'pdf' } as const;
type Format = keyof typeof formats;

/** Writes the entries that are selected, or that the filters let through, to a file or to paper. */
export function ExportDialog({
  filter,
  selected,
  onClose,
}: {
  filter: In<'timeline.outline'>;
  selected: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation(['timeline', 'common']);
  const call = useCall();
  const [format, setFormat] = useState<Format>('html');
  const [days, setDays] = useState({ from: '', to: '' });
  const [typed, setTyped] = useState<string | null>(null);
  const [overwrite, setOverwrite] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState<{ path: string; bytes: number } | null>(null);
  const path = typed ?? `timeline.${formats[format]}`;
  const change = (act: () => void): void => {
    act();
    setDone(null);
    setProblem(null);
  };
  const submit = async (): Promise<void> => {
    setBusy(true);
    change(() => {});
    try {
      const answer = await call('timeline.export', {
        ...filter,
        keys: selected.length > 0 ? [...selected] : null,
        from: startOfDay(days.from, 0),
        to: startOfDay(days.to, 1),
        format: format === 'pdf' ? 'html' : format,
        path: format === 'pdf' ? null : path,
        overwrite,
      });
      if (answer.path !== null) setDone({ path: answer.path, bytes: answer.bytes });
      if (answer.text !== null) await printDocument(answer.text);
    } catch (error) {
      setProblem(localized(asClientError(error).message));
    } finally {
      setBusy(false);
    }
  };
  const title =
    selected.length > 0 ? t('export.selected', { count: selected.length }) : t('export.title');
  return (
    <Dialog onClose={onClose} title={title} size="lg">
      <form
        className={css.exportForm}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <SegmentedControl
          aria-label={t('export.format')}
          value={format}
          onChange={(value) => change(() => setFormat(value as Format))}
          data={[
            { value: 'html', label: 'HTML' },
            { value: 'markdown', label: 'Markdown' },
            { value: 'ipynb', label: t('export.notebook') },
            { value: 'pdf', label: t('export.print') },
          ]}
        />
        <p className={css.hint}>{t(`export.about.${format}`)}</p>
        {selected.length === 0 && (
          <Group gap={12}>
            {(['from', 'to'] as const).map((end) => (
              <Input.Wrapper key={end} label={t(`export.${end}`)}>
                <Input
                  type="date"
                  aria-label={t(`export.${end}`)}
                  value={days[end]}
                  onChange={(event) => {
                    const { value } = event.currentTarget;
                    change(() => setDays({ ...days, [end]: value }));
                  }}
                />
              </Input.Wrapper>
            ))}
          </Group>
        )}
        {format === 'pdf' ? (
          problem !== null && <Input.Error>{problem}</Input.Error>
        ) : (
          <>
            <PathField
              label={t('export.file')}
              kind="save"
              suggestedName={path}
              value={path}
              onChange={(value) => change(() => setTyped(value))}
              error={problem}
            />
            <Checkbox
              label={t('export.overwrite')}
              checked={overwrite}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                change(() => setOverwrite(checked));
              }}
            />
          </>
        )}
        {done !== null && <Written {...done} />}
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('common:close')}</Button>
          <Button
            type="submit"
            variant="filled"
            loading={busy}
            disabled={format !== 'pdf' && path.trim() === ''}
          >
            {t(format === 'pdf' ? 'export.printIt' : 'export.export')}
          </Button>
        </Group>
      </form>
    </Dialog>
  );
}

/** The start of a day of the local calendar, epoch ms; null for no date. @param after days on */
function startOfDay(date: string, after: number): number | null {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return year > 1000 ? new Date(year, month - 1, day + after).getTime() : null;
}
