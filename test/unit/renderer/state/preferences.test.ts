import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { languages: ['en'] });
const { migratePreferences } = await import('../../../../src-renderer/state/preferences.ts');

describe('preferences of an earlier version', () => {
  it('keep the size of the text that was chosen by name', () => {
    expect(migratePreferences({ theme: 'dark', textSize: 'largest' }, 1)).toEqual({
      theme: 'dark',
      textSize: 125,
    });
    expect(migratePreferences({ textSize: 'normal' }, 1)).toEqual({ textSize: 100 });
    expect(migratePreferences({ textSize: 7 }, 1)).toEqual({ textSize: 100 });
  });

  it('are left alone where there is nothing to change, and forgotten when they are damaged', () => {
    expect(migratePreferences({ theme: 'light' }, 1)).toEqual({ theme: 'light' });
    expect(migratePreferences({ textSize: 150 }, 2)).toEqual({ textSize: 150 });
    expect(migratePreferences('nonsense', 1)).toEqual({});
  });
});
