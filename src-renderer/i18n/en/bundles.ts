export const bundles = {
  title: 'Bundles',
} as const;
