/** What the handlers are given. */
import type { Logger } from '../base/logger.ts';
import type { Work } from '../base/progress.ts';
import type { HashCache } from '../cas/index.ts';
import type { Folders } from '../workspace/index.ts';
import type { Changes } from './changes.ts';
import type { Session } from './session.ts';

export interface ApiContext {
  readonly folders: Folders;
  readonly logger: Logger;
  /** Absolute path of the example project as it was shipped, or null. */
  readonly exampleDir: string | null;
  /** The program and first arguments that start a runner; the rest is appended. */
  readonly runnerCommand: readonly string[];
  /** @throws CairnError `not-found` when no folder is open */
  session(): Session;
  current(): Session | null;
  /** Closes the folder that is open, if any, and opens another. */
  open(path: string, work: Work): Promise<Session>;
  close(): Promise<void>;
  /** Trusts the open folder or stops trusting it; its store moves along. */
  setTrust(trusted: boolean): Promise<Session>;
  /** A cache of file hashes for work outside of the open folder. */
  hashCache(): { cache: HashCache; close(): void };
  /** What changed in whichever folder is open. */
  readonly changes: Changes;
}
