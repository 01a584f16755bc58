import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** Cairn's accent, from a wash to nearly black. Light uses 7, dark uses 3. */
const ink: MantineColorsTuple = [
  '#eef4fb',
  '#dfe9f4',
  '#bdd3ea',
  '#8ab4e8',
  '#6699d1',
  '#4a80ba',
  '#356da6',
  '#27598f',
  '#1e4873',
  '#163857',
];

/** Warm greys in place of Mantine's cool ones, so that its surfaces match the tokens. */
const gray: MantineColorsTuple = [
  '#faf8f4',
  '#f3f0ea',
  '#e9e5dc',
  '#ddd7cb',
  '#c9c2b4',
  '#aaa294',
  '#857d70',
  '#696357',
  '#4f4a42',
  '#23211d',
];
const dark: MantineColorsTuple = [
  '#ece8e0',
  '#c9c3b8',
  '#a39c8f',
  '#857e72',
  '#45413a',
  '#35322d',
  '#21201d',
  '#1d1c19',
  '#191816',
  '#151412',
];

/** Mantine with Cairn's measures: dense, square-ish, quiet. */
export const theme = createTheme({
  colors: { ink, gray, dark },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 3 },
  // Text on the accent: Mantine would choose it for the light theme only.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const accent = input.color === undefined || input.color === 'ink';
    return input.variant === 'filled' && accent ? { ...colors, color: 'var(--on-accent)' } : colors;
  },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.45', lg: '1.5', xl: '1.35' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.35' },
      h2: { fontSize: '0.9375rem', lineHeight: '1.4' },
      h3: { fontSize: '0.8125rem', lineHeight: '1.45' },
      h4: { fontSize: '0.8125rem', lineHeight: '1.45' },
    },
  },
  components: {
    Button: {
      defaultProps: { size: 'xs', variant: 'default' },
      styles: { root: { fontWeight: 500 } },
    },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    MultiSelect: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Tooltip: { defaultProps: { openDelay: 400, withinPortal: true, multiline: true, maw: 480 } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 100, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.3 },
      },
      styles: { title: { fontSize: '0.9375rem', fontWeight: 600 } },
    },
  },
});

/** Points Mantine's own variables at the tokens of tokens.css. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-dim)',
    '--mantine-color-placeholder': 'var(--ink-dim)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    '--mantine-color-gray-light-hover': 'var(--hover)',
    '--mantine-color-gray-light-color': 'var(--ink-soft)',
  };
  return { variables: {}, light: shared, dark: shared };
};
