import i18next from 'i18next';

/** What the tools behind the kinds of sources call themselves: proper names, the same everywhere. */
const names: Readonly<Record<string, string>> = {
  mlruns: 'MLflow (mlruns)',
  'mlflow-db': 'MLflow (SQLite)',
  tensorboard: 'TensorBoard',
  dvclive: 'DVCLive',
  wandb: 'Weights & Biases',
  trackio: 'Trackio',
  sacred: 'Sacred',
  guild: 'Guild AI',
  aim: 'Aim',
  lightning: 'PyTorch Lightning',
  'lightning-csv': 'PyTorch Lightning',
  'hf-trainer': 'Hugging Face Trainer',
  huggingface: 'Hugging Face Trainer',
  keras: 'Keras CSVLogger',
  'keras-csv': 'Keras CSVLogger',
  hydra: 'Hydra',
  mlmd: 'ML Metadata',
  declared: 'CSV, TSV, JSONL',
};

/** The name in the language of the window: call it where it is rendered. */
export function toolName(kind: string): string {
  if (kind === 'mlflow-server') return i18next.t('tool.mlflowServer');
  if (kind === 'dvc-exp') return i18next.t('tool.dvcExperiments');
  return names[kind] ?? kind;
}
