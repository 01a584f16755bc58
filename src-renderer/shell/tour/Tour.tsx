import { Button, CloseButton, FocusTrap } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../state/index.ts';
import { useReturnFocus } from '../../ui/index.ts';
import { type Box, placeCard } from './place-card.ts';
import css from './tour.module.css';

/** What each step is about, and where that stands. */
const steps = [
  { name: 'rail', at: '#rail' },
  { name: 'search', at: '[data-tour="search"]' },
  { name: 'run', at: '[data-tour="run"]' },
  { name: 'main', at: '#main-view' },
  { name: 'status', at: '[data-tour="status"]' },
] as const;

/** A few cards, each beside what it tells of. Esc leaves it; it can be taken again from the help. */
export default function Tour({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['shell', 'common']);
  // Without a folder, some of it is not there.
  const there = useMemo(() => steps.filter(({ at }) => document.querySelector(at) !== null), []);
  const [index, setIndex] = useState(0);
  const [box, setBox] = useState<Box | null>(null);
  const [height, setHeight] = useState(180);
  const card = useRef<HTMLDivElement>(null);
  const view = useViewportSize();
  const step = there[index];
  useReturnFocus();
  useEffect(() => usePreferences.getState().set({ tourSeen: true }), []);
  const { width, height: tall } = view;
  const at = step?.at;
  useLayoutEffect(() => {
    // Measured again when the window has another size.
    const target = at === undefined || width * tall < 0 ? null : document.querySelector(at);
    setBox(target?.getBoundingClientRect() ?? null);
    setHeight(card.current?.offsetHeight ?? 0);
  }, [at, width, tall]);
  if (step === undefined) return null;
  const last = index === there.length - 1;
  const go = (way: 1 | -1): void => {
    if (way === 1 && last) onClose();
    else setIndex(Math.max(0, index + way));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
    else if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'ArrowLeft') go(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {box !== null && (
        <div
          className={css.light}
          style={{ left: box.left, top: box.top, width: box.width, height: box.height }}
        />
      )}
      <FocusTrap>
        <div
          className={css.place}
          role="dialog"
          aria-modal
          aria-labelledby="tour-title"
          aria-describedby="tour-text"
          style={placeCard(box, height, { width: innerWidth, height: innerHeight })}
          onKeyDown={onKeyDown}
        >
          <div ref={card} className={css.card}>
            <div className={css.head}>
              <h2 id="tour-title">{t(`tour.steps.${step.name}.title`)}</h2>
              <CloseButton aria-label={t('tour.leave')} onClick={onClose} />
            </div>
            <p id="tour-text">{t(`tour.steps.${step.name}.text`)}</p>
            <div className={css.foot}>
              <span className={css.count}>
                {t('tour.step', { at: index + 1, count: there.length })}
              </span>
              {index > 0 && <Button onClick={() => go(-1)}>{t('tour.previous')}</Button>}
              <Button variant="filled" data-autofocus onClick={() => go(1)}>
                {last ? t('tour.done') : t('tour.next')}
              </Button>
            </div>
          </div>
        </div>
      </FocusTrap>
    </>
  );
}
