/** The fenced blocks of a Markdown text, as CommonMark finds them at the outermost level. */

export type MarkdownPart =
  | { readonly kind: 'text'; readonly source: string }
  /** `info` stands behind the opening marks, `body` between the two lines of marks. */
  | {
      readonly kind: 'fence';
      readonly source: string;
      readonly info: string;
      readonly body: string;
    };

const marksOfLine = /^ {0,3}(`{3,}|~{3,})(.*)$/;

/** Splits a text into fenced blocks and what lies between; their sources joined by line breaks are the text. */
export function splitFences(text: string): MarkdownPart[] {
  const parts: MarkdownPart[] = [];
  let lines: string[] = [];
  let open: { readonly marks: string; readonly info: string } | null = null;
  const end = (closed: boolean): void => {
    if (open === null) {
      if (lines.length > 0) parts.push({ kind: 'text', source: lines.join('\n') });
    } else {
      const body = lines.slice(1, closed ? -1 : undefined).join('\n');
      parts.push({ kind: 'fence', source: lines.join('\n'), info: open.info, body });
    }
    lines = [];
  };
  for (const line of text.split('\n')) {
    const [, marks = '', info = ''] = marksOfLine.exec(line) ?? [];
    const opens = marks !== '' && !(marks.startsWith('`') && info.includes('`'));
    if (open === null && opens) {
      end(false);
      open = { marks, info: info.trim() };
      lines.push(line);
    } else {
      lines.push(line);
      if (open !== null && marks.startsWith(open.marks) && info.trim() === '') {
        end(true);
        open = null;
      }
    }
  }
  end(false);
  return parts;
}
