/** Sharing runs with an MLflow tracking server. */
import { z } from 'zod';
import { id, progress } from './common.ts';
import { operation } from './operation.ts';

/** Where the server is and who asks; what is null is taken from the environment, as MLflow's client does. */
const server = {
  uri: z.string().min(1),
  token: z.string().nullable().default(null),
  user: z.string().nullable().default(null),
  password: z.string().nullable().default(null),
};

export const syncOperations = {
  /** Sends the runs of a search: only what is new there goes. */
  'sync.push': operation({
    effect: 'write',
    input: z.object({
      ...server,
      experimentId: id.nullable().default(null),
      filter: z.string().default(''),
    }),
    item: progress,
    output: z.object({
      sent: z.number(),
      unchanged: z.number(),
      points: z.number(),
      files: z.number(),
      problems: z.array(z.string()),
    }),
  }),
  /** Fetches the server's runs: only what changed there is read again. */
  'sync.pull': operation({
    effect: 'write',
    input: z.object(server),
    item: progress,
    output: z.object({ runs: z.number() }),
  }),
} as const;
