/**
 * The keys of an entry of the rail: Ctrl/Cmd with 1…9 for the first nine, Alt+0 for the tenth (Ctrl+0
 * is the size of the text), and Ctrl/Cmd+comma for the last, the settings.
 * @param index from 0 @returns null for one that only the rail itself and the palette lead to
 */
export function railKeys(index: number, count: number): readonly string[] | null {
  if (index === count - 1) return ['mod', ','];
  if (index < 9) return ['mod', String(index + 1)];
  return index === 9 ? ['alt', '0'] : null;
}

/**
 * Which entry of the rail a key leads to, if any. Digits are taken by their place on the keyboard:
 * with French keys they are typed with Shift.
 * @param alt false while somebody types: with Alt, digits are signs on a Mac
 */
export function railIndex(
  event: Pick<KeyboardEvent, 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'code' | 'key'>,
  alt: boolean,
  count: number,
): number | null {
  const mod = event.ctrlKey || event.metaKey;
  // Ctrl with Alt is AltGr on Windows, which types.
  if (event.shiftKey || (event.ctrlKey && event.altKey)) return null;
  if (mod && event.key === ',') return count - 1;
  const digit = /^Digit([0-9])$/.exec(event.code)?.[1];
  if (digit === undefined || !(mod || alt)) return null;
  if (digit !== '0') return Number(digit) - 1 < count ? Number(digit) - 1 : null;
  return alt && !mod && count > 9 ? 9 : null;
}
