/** What the tools behind the kinds of sources call themselves; proper names, the same everywhere. */
const names: Readonly<Record<string, string>> = {
  mlruns: 'MLflow (mlruns)',
  'mlflow-db': 'MLflow (SQLite)',
  'mlflow-server': 'MLflow (server)',
  tensorboard: 'TensorBoard',
  dvclive: 'DVCLive',
  'dvc-exp': 'DVC experiments',
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

export function toolName(kind: string): string {
  return names[kind] ?? kind;
}
