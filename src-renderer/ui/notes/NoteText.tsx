import { Button } from '@mantine/core';
import { useContext, useMemo, useState } from 'react';
import type { Components, ExtraProps } from 'react-markdown';
import { useWords } from '../../i18n/index.ts';
import { blockSource, type NoteBlock, NoteBlockContext } from './blocks.ts';
import { FileLink } from './FileLink.tsx';
import Markdown, { WebLink } from './MarkdownText.tsx';
import { NoteImage } from './NoteImage.tsx';
import { RunLink } from './RunLink.tsx';
import { remarkRuns } from './remark-notes.ts';
import { noteImageName, safeLink } from './safe-links.ts';

/** Longer notes are shown in part, so that a pasted log does not stop the page. */
const longNote = 20_000;
const plugins = [remarkRuns];

/** A note as it is read: Markdown with links to runs and files, pictures, and live blocks. */
export default function NoteText({ text }: { text: string }) {
  const t = useWords('common');
  const [whole, setWhole] = useState(false);
  const Block = useContext(NoteBlockContext);
  const components = useMemo(() => componentsFor(Block), [Block]);
  const cut = !whole && text.length > longNote;
  return (
    <>
      <Markdown
        text={cut ? text.slice(0, text.lastIndexOf('\n', longNote) + 1 || longNote) : text}
        components={components}
        plugins={plugins}
      />
      {cut && (
        <Button variant="subtle" onClick={() => setWhole(true)}>
          {t('note.showAll')}
        </Button>
      )}
    </>
  );
}

function componentsFor(Block: NoteBlock | null): Components {
  return {
    a: ({ href, children }) => {
      const link = safeLink(href ?? '');
      if (link.kind === 'run') return <RunLink reference={link.reference}>{children}</RunLink>;
      if (link.kind === 'file') return <FileLink path={link.path}>{children}</FileLink>;
      if (link.kind === 'web') return <WebLink href={link.href}>{children}</WebLink>;
      return <span>{children}</span>;
    },
    img: ({ alt, src }) => {
      const name = noteImageName(src ?? '');
      if (name !== null) return <NoteImage name={name} alt={alt ?? ''} />;
      const link = safeLink(src ?? '');
      return link.kind === 'file' ? (
        <FileLink path={link.path}>{alt || link.path}</FileLink>
      ) : (
        <code>{alt || src}</code>
      );
    },
    pre: ({ node, children }) => {
      const source = Block === null ? null : cairnBlock(node);
      return Block === null || source === null ? <pre>{children}</pre> : <Block source={source} />;
    },
  };
}

/** The source of a block whose language is `cairn`, or null for other code. */
function cairnBlock(pre: ExtraProps['node']): string | null {
  const code = pre?.children[0];
  if (code?.type !== 'element' || code.tagName !== 'code') return null;
  const { className } = code.properties;
  if (!Array.isArray(className) || !className.includes('language-cairn')) return null;
  const text = code.children[0];
  return blockSource(code.data?.meta, text?.type === 'text' ? text.value : '');
}
