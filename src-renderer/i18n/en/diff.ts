export const diff = {
  title: 'Diff',
} as const;
