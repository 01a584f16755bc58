/** The logger that services are given; shells decide where it goes. */
export interface Logger {
  debug(message: string, detail?: unknown): void;
  info(message: string, detail?: unknown): void;
  warn(message: string, detail?: unknown): void;
  error(message: string, detail?: unknown): void;
}

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** Writes lines at `threshold` and above through `write` (stderr in every shell). */
export function createLogger(
  threshold: (typeof levels)[number],
  write: (line: string) => void,
): Logger {
  const from = levels.indexOf(threshold);
  const at = (level: (typeof levels)[number]) => (message: string, detail?: unknown) => {
    if (levels.indexOf(level) < from) return;
    const suffix = detail === undefined ? '' : ` ${render(detail)}`;
    write(`${new Date().toISOString()} ${level} ${message}${suffix}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function render(detail: unknown): string {
  if (detail instanceof Error) return detail.stack ?? detail.message;
  return typeof detail === 'string' ? detail : JSON.stringify(detail);
}
