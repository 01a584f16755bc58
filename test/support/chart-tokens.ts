/** Colours and letters for tests of figures. */
export const chartTokens = {
  dark: false,
  text: '#111111',
  dimmed: '#666666',
  grid: '#eeeeee',
  surface: '#ffffff',
  border: '#cccccc',
  accent: '#0000ff',
  added: '#00ff00',
  removed: '#ff0000',
  low: '#ffffff',
  high: '#0000ff',
  fontFamily: 'sans-serif',
  fontSize: 11,
};
