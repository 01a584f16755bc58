/**
 * Numbered, forward-only migrations. The position in the list is the version that SQLite's
 * `user_version` holds afterwards; a released migration is never edited.
 */
import { initial } from './001-initial/index.ts';

export const migrations: readonly string[] = [initial];
