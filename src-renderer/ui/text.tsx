import { Kbd as MantineKbd } from '@mantine/core';
import css from './text.module.css';

const apple = /mac|iphone|ipad/i.test(navigator.platform);

/** Keys, written as this machine's keyboard has them: `['mod', 'K']`. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className={css.keys}>
      {keys.map((key) => (
        <MantineKbd key={key} size="xs">
          {keyName(key)}
        </MantineKbd>
      ))}
    </span>
  );
}

function keyName(key: string): string {
  switch (key) {
    case 'mod':
      return apple ? '⌘' : 'Ctrl';
    case 'alt':
      return apple ? '⌥' : 'Alt';
    case 'shift':
      return apple ? '⇧' : 'Shift';
    case 'left':
      return '←';
    case 'right':
      return '→';
    case 'up':
      return '↑';
    case 'down':
      return '↓';
    case 'space':
      return '␣';
    default:
      return key;
  }
}
