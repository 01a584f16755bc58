import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '../../ui/index.ts';
import css from './bundles.module.css';

/** A log that follows its own end, unless somebody has scrolled up to read. */
export function LogTail({ text, live }: { text: string; live: boolean }) {
  const { t } = useTranslation('bundles');
  const box = useRef<HTMLPreElement>(null);
  const follow = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (text !== '' && element !== null && follow.current) {
      element.scrollTop = element.scrollHeight;
    }
  }, [text]);
  return (
    <section className={css.log} aria-label={t('log')}>
      <div className={css.logHead}>
        <h3 className={css.logTitle}>
          {t('log')}
          {live && <span className={css.dim}> {t('growing')}</span>}
        </h3>
        <CopyText text={text} />
      </div>
      <pre
        ref={box}
        className={css.logText}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          follow.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        {text}
      </pre>
    </section>
  );
}
