/** What runs logged over steps. */
export const media = {
  none: 'Nothing to look at',
  noneText:
    'Pictures, sounds, texts and histograms that a run logs over its steps, with TensorBoard, MLflow, W&B, trackio or DVCLive, are shown here.',
  find: 'Find a name',
  beside: 'Show runs beside this one…',
  more_one: 'Show {{count}} more',
  more_other: 'Show {{count}} more',
  unmatched: 'No name matches.',
  stepOf: 'Step of {{name}}',
  step: 'step {{step}}',
  notYet: 'Nothing up to this step',
  cut: 'The rest is left out.',
  broken: 'It is damaged, or written in a way that is not understood here.',
  other: 'Nothing shows this ({{size}})',
  histogram: 'Histogram of {{name}}: {{count}} values from {{from}} to {{to}}',
  values: '{{count}} values',
};
