import { lazy, Suspense } from 'react';
import type { Components, Options } from 'react-markdown';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import css from '../text.module.css';
import { safeLink } from './safe-links.ts';

const MathMarkdown = lazy(() => import('./MathMarkdown.tsx'));

interface MarkdownProps {
  readonly text: string;
  /** What is shown in place of links, pictures and blocks. */
  readonly components?: Components;
  readonly plugins?: NonNullable<Options['remarkPlugins']>;
}

/** Texts are the user's, or of a stranger's folder: no HTML, no pictures from the network. */
const safeComponents: Components = {
  a: ({ href, children }) => {
    const link = safeLink(href ?? '');
    if (link.kind !== 'web') return <span>{children}</span>;
    return <WebLink href={link.href}>{children}</WebLink>;
  },
  img: ({ alt, src }) => <code>{alt || src}</code>,
};

/** A link out of the window. Nothing is fetched before it is followed. */
export function WebLink({ href, children }: { href: string; children: React.ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

/** Addresses are judged where they are shown; see `safeLink`. */
const keepUrl = (url: string): string => url;

/** Renders Markdown (GitHub's dialect, with formulas between dollar signs) safely. */
export default function MarkdownText({ text, components, plugins = [] }: MarkdownProps) {
  const options: Options = {
    remarkPlugins: [remarkGfm, ...plugins],
    components: { ...safeComponents, ...components },
    skipHtml: true,
    urlTransform: keepUrl,
    children: text,
  };
  const plain = <ReactMarkdown {...options} />;
  return (
    <div className={css.markdown}>
      {mayHoldMath(text) ? (
        <Suspense fallback={plain}>
          <MathMarkdown {...options} />
        </Suspense>
      ) : (
        plain
      )}
    </div>
  );
}

function mayHoldMath(text: string): boolean {
  return text.includes('$') || /^ *(```|~~~) *math/m.test(text);
}
