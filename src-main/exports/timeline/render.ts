/** The timeline, or a part of it, as HTML that opens offline, as Markdown and as a notebook. */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { math, mathHtml } from 'micromark-extension-math';
import type { TimelineCell } from '../../contract/timeline.ts';
import { html } from '../page/html.ts';
import { styles } from '../page/styles.ts';
import { cellText, plain } from './cell-text.ts';

export type TimelineFormat = 'html' | 'markdown' | 'ipynb';

export interface Picture {
  /** `image/png` */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** One cell with the pictures that it refers to as `image:NAME`, by their names. */
export interface TimelinePart {
  readonly cell: TimelineCell;
  /** Pictures of a run, shown below it: their names. */
  readonly figures: readonly string[];
}

export interface TimelineDocument {
  readonly title: string;
  readonly parts: readonly TimelinePart[];
  readonly pictures: ReadonlyMap<string, Picture>;
  /** Epoch ms. */
  readonly madeAt: number;
}

/** A picture of a note in its text: `image:` and the name of its content. */
export const pictureReference = /\bimage:([0-9a-f]{64}\.(?:png|jpg|gif|webp|svg))/g;

export function renderTimeline(document: TimelineDocument, format: TimelineFormat): string {
  switch (format) {
    case 'markdown':
      return sections(document)
        .map((section) => inline(section.text, document.pictures))
        .join('\n\n')
        .concat('\n');
    case 'ipynb':
      return notebook(document);
    case 'html':
      return page(document);
  }
}

/** The heading, then days and cells in their order. */
function sections({ title, parts, madeAt }: TimelineDocument): { id: string; text: string }[] {
  const made = `Made by Cairn on ${new Date(madeAt).toISOString().slice(0, 10)}. Times are UTC.`;
  const found = [{ id: 'title', text: `# ${plain(title)}\n\n${made}` }];
  let day = '';
  for (const { cell, figures } of parts) {
    const next = new Date(cell.at).toISOString().slice(0, 10);
    if (next !== day) found.push({ id: `day-${next}-${found.length}`, text: `## ${next}` });
    day = next;
    const pictures = figures.map((name) => `![](image:${name})`).join(' ');
    found.push({ id: cell.key, text: [cellText(cell), pictures].filter(Boolean).join('\n\n') });
  }
  return found;
}

/** Puts the pictures into the text itself. */
function inline(text: string, pictures: ReadonlyMap<string, Picture>): string {
  return text.replace(pictureReference, (whole, name: string) => {
    const picture = pictures.get(name);
    return picture === undefined ? whole : dataUri(picture);
  });
}

function dataUri({ type, bytes }: Picture): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

/** nbformat 4.5, whose cells have ids and whose Markdown cells have attachments. */
function notebook(document: TimelineDocument): string {
  const cells = sections(document).map(({ text }, place) => {
    const attachments: Record<string, Record<string, string>> = {};
    const source = text.replace(pictureReference, (whole, name: string) => {
      const picture = document.pictures.get(name);
      if (picture === undefined) return whole;
      attachments[name] = { [picture.type]: Buffer.from(picture.bytes).toString('base64') };
      return `attachment:${name}`;
    });
    const lines = source.split(/(?<=\n)/);
    const id = `cell-${place}`;
    const has = Object.keys(attachments).length > 0;
    return {
      cell_type: 'markdown',
      id,
      metadata: {},
      ...(has ? { attachments } : {}),
      source: lines,
    };
  });
  return `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function page(document: TimelineDocument): string {
  const body = sections(document).map(({ text }) => ({
    html: `<section>${toHtml(text, document.pictures)}</section>\n`,
  }));
  const whole = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Cairn"><title>${document.title}</title>
<style>${{ html: styles + ownStyles }}</style></head><body class="timeline">
${body}</body></html>
`;
  return whole.html;
}

const ownStyles = `
body.timeline { max-width: 52rem; } h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
section { break-inside: avoid-page; } h1, h2, h3 { break-after: avoid; }
img { max-width: 100%; max-height: 30rem; } blockquote { border-left: 3px solid var(--line); margin: .5rem 0; padding-left: .75rem; }
@page { margin: 18mm 16mm; }
`;

/** A path that micromark lets through and that no note can mean. */
const marker = 'cairn-note-image/';

/** Markdown as HTML: HTML in it is shown as text, links go to the web only, pictures are data. */
export function toHtml(text: string, pictures: ReadonlyMap<string, Picture>): string {
  const marked = text.replace(pictureReference, `${marker}$1`);
  const made = micromark(marked, {
    extensions: [gfm(), math()],
    htmlExtensions: [
      gfmHtml(),
      mathHtml({ output: 'mathml', maxExpand: 500, maxSize: 20, throwOnError: false }),
    ],
  });
  return made.replace(
    /<img src="([^"]*)" alt="([^"]*)"[^>]*>/g,
    (_, source: string, alt: string) => {
      const name = source.startsWith(marker) ? source.slice(marker.length) : '';
      const picture = pictures.get(name);
      // What would come from the network is left out; its words stay.
      return picture === undefined
        ? `<code>${alt === '' ? source : alt}</code>`
        : `<img src="${dataUri(picture)}" alt="${alt}">`;
    },
  );
}
