/** What Markdown means in a note beyond GitHub's dialect: runs by number, and money that is no formula. */

import { runReference } from '../../client/index.ts';

/** As much of Markdown's tree (mdast) as is touched here. */
export interface MarkdownNode {
  type: string;
  value?: string;
  url?: string;
  children?: MarkdownNode[];
  data?: { hProperties?: { className?: readonly string[] } };
  position?: { start: { offset?: number | undefined }; end: { offset?: number | undefined } };
}

/** Makes a link to the run of every `#02.7` outside of links and code. */
export function remarkRuns(): (tree: MarkdownNode) => void {
  return (tree) => linkRuns(tree);
}

function linkRuns(node: MarkdownNode): void {
  if (node.children === undefined || node.type === 'link' || node.type === 'linkReference') return;
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text' && child.value?.includes('#')) return splitAtRuns(child.value);
    linkRuns(child);
    return child;
  });
}

function splitAtRuns(text: string): MarkdownNode[] {
  const parts: MarkdownNode[] = [];
  let from = 0;
  for (const match of text.matchAll(runReference)) {
    if (match.index > from) parts.push({ type: 'text', value: text.slice(from, match.index) });
    const children = [{ type: 'text', value: match[0] }];
    parts.push({ type: 'link', url: `run:${match[1]}`, children });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ type: 'text', value: text.slice(from) });
  return parts;
}

/**
 * Pandoc's rule for `$…$`: no space inside next to the signs, and no digit after them. Without it,
 * “$5 or $10” is a formula; and `$$…$$` on one line is one of its own. To stand after remark-math.
 */
export function remarkMoney(): (tree: MarkdownNode, file: { value: unknown }) => void {
  return (tree, file) => {
    if (typeof file.value === 'string') restoreMoney(tree, file.value);
  };
}

/** A formula of its own, as GitHub has it, although its signs stand on one line with it. */
function standing(formula: MarkdownNode): MarkdownNode {
  const className = ['language-math', 'math-display'];
  return { ...formula, data: { ...formula.data, hProperties: { className } } };
}

function restoreMoney(node: MarkdownNode, source: string): void {
  if (node.children === undefined) return;
  node.children = node.children.map((child) => {
    const from = child.position?.start.offset;
    const to = child.position?.end.offset;
    if (child.type !== 'inlineMath' || from === undefined || to === undefined) {
      restoreMoney(child, source);
      return child;
    }
    const written = source.slice(from, to);
    if (written.startsWith('$$')) return standing(child);
    const isFormula = /^\$\S(.*\S)?\$$/s.test(written) && !/\d/.test(source[to] ?? '');
    return isFormula ? child : { type: 'text', value: written };
  });
}
