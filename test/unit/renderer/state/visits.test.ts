import { expect, it } from 'vitest';
import { noteVisit } from '../../../../src-renderer/state/visits.ts';

const minute = 60_000;

function memory(kept = new Map<string, string>()) {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

it('remembers when a visit ended once somebody has been away', () => {
  const storage = memory();
  expect(noteVisit('/a', 0, storage)).toBeNull();
  expect(noteVisit('/a', 10 * minute, storage)).toBeNull();
  expect(noteVisit('/a', 50 * minute, storage)).toBe(10 * minute);
  // A reload is no new visit, and another folder has its own.
  expect(noteVisit('/a', 51 * minute, storage)).toBe(10 * minute);
  expect(noteVisit('/b', 51 * minute, storage)).toBeNull();
  expect(noteVisit('/a', 500 * minute, storage)).toBe(51 * minute);
});

it('takes a storage that is full or damaged for none', () => {
  const full = {
    getItem: () => '{"seen": "x"',
    setItem: () => {
      throw new Error('QuotaExceededError');
    },
  };
  expect(noteVisit('/a', 5, full)).toBeNull();
});
