import 'katex/dist/katex.min.css';
import ReactMarkdown, { type Options } from 'react-markdown';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { remarkMoney } from './remark-notes.ts';

/** Sizes in em that a formula may ask for, and how often its macros may be expanded. */
const limits = { maxSize: 20, maxExpand: 500 };

/** Markdown with formulas. Loaded with its fonts when a text first has one. */
export default function MathMarkdown(options: Options) {
  return (
    <ReactMarkdown
      {...options}
      remarkPlugins={[...(options.remarkPlugins ?? []), remarkMath, remarkMoney]}
      rehypePlugins={[[rehypeKatex, { ...limits, trust: false, strict: 'ignore' }]]}
    />
  );
}
