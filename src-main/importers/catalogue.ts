/**
 * The importers there are, in the order in which they read. A run that two of them know is made by
 * the first; where both have a key, the first counts.
 */
import { dvclive } from './dvclive/index.ts';
import { guild } from './guild/index.ts';
import { hydra } from './hydra/index.ts';
import { keras } from './keras/index.ts';
import { lightning } from './lightning/index.ts';
import { mlflowDb } from './mlflow-db/index.ts';
import { mlruns } from './mlruns/index.ts';
import { sacred } from './sacred/index.ts';
import { tensorboard } from './tensorboard/index.ts';
import { trainer } from './trainer/index.ts';
import type { Importer } from './types.ts';
import { wandb } from './wandb/index.ts';

export const importers: readonly Importer[] = [
  // Tools that keep whole runs, with ids of their own.
  mlruns,
  mlflowDb,
  wandb,
  sacred,
  guild,
  dvclive,
  // Loggers of frameworks, and what lies beside them.
  trainer,
  lightning,
  keras,
  tensorboard,
  hydra,
];
