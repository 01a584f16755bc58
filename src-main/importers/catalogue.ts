/** The importers there are, in the order in which they read: where two know a key, the first counts. */
import { aim } from './aim/index.ts';
import { dvclive } from './dvclive/index.ts';
import { guild } from './guild/index.ts';
import { hydra } from './hydra/index.ts';
import { keras } from './keras/index.ts';
import { lightning } from './lightning/index.ts';
import { mlflowDb } from './mlflow-db/index.ts';
import { mlmd } from './mlmd/index.ts';
import { mlruns } from './mlruns/index.ts';
import { sacred } from './sacred/index.ts';
import { tensorboard } from './tensorboard/index.ts';
import { trackio } from './trackio/index.ts';
import { trainer } from './trainer/index.ts';
import type { Importer } from './types.ts';
import { wandb } from './wandb/index.ts';

export const importers: readonly Importer[] = [
  mlruns,
  mlflowDb,
  wandb,
  trackio,
  aim,
  sacred,
  guild,
  hydra,
  lightning,
  dvclive,
  trainer,
  keras,
  tensorboard,
  mlmd,
];
