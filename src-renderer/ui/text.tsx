import { Kbd as MantineKbd } from '@mantine/core';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import css from './text.module.css';

/** Notes are text of the user, or of a stranger's folder: no HTML, no images from the network. */
const components: Components = {
  a: ({ href, children }) => (
    <a href={safeHref(href)} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  img: ({ alt, src }) => <code>{alt || src}</code>,
};

/** Renders Markdown (GitHub's dialect) safely. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={css.markdown}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components} skipHtml>
        {text}
      </ReactMarkdown>
    </div>
  );
}

function safeHref(href: string | undefined): string | undefined {
  return href !== undefined && /^(https?:|mailto:|#)/i.test(href) ? href : undefined;
}

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
