import { useEffect } from 'react';
import { goBeside, openTab, parsePlace } from '../../state/index.ts';

/**
 * Links within the window with the keys that browsers have for them: the middle button or Ctrl/Cmd
 * opens a tab behind, with Shift one in front; Shift alone opens the view beside.
 */
export function useTabLinks(): void {
  useEffect(() => {
    const follow = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
      const mod = event.ctrlKey || event.metaKey || event.button === 1;
      if (link === null || event.button > 1 || !(mod || event.shiftKey)) return;
      const place = parsePlace(link.getAttribute('href') ?? '');
      if (place === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (mod) openTab(place, !event.shiftKey);
      else goBeside(place.main);
    };
    document.addEventListener('click', follow, true);
    document.addEventListener('auxclick', follow, true);
    return () => {
      document.removeEventListener('click', follow, true);
      document.removeEventListener('auxclick', follow, true);
    };
  }, []);
}
