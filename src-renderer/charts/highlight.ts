/** Lets one run's curves stand out of drawn ones, without drawing anything again. */

/** Among few curves the others are still read beside the one that is meant. */
const stepBack = { few: '0.4', many: '0.15' };

/**
 * @param runId the run that stands out; null gives all of them their full strength back
 * @param many whether there are more curves than one can tell apart
 */
export function highlightRun(element: HTMLElement, runId: string | null, many: boolean): void {
  const faded = many ? stepBack.many : stepBack.few;
  for (const trace of element.querySelectorAll<SVGGElement>('.scatterlayer > .trace')) {
    const own = runOf(trace);
    const faint = runId !== null && own !== null && own !== runId;
    trace.style.opacity = faint ? faded : '';
  }
}

/** Plotly binds to each group the calculated points, whose first names the trace. */
function runOf(group: Element): string | null {
  const points: unknown = Reflect.get(group, '__data__');
  const first: unknown = Array.isArray(points) ? points[0] : undefined;
  if (!hasTrace(first)) return null;
  return first.trace.meta?.runId ?? null;
}

function hasTrace(value: unknown): value is { trace: { meta?: { runId?: string } } } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'trace' in value &&
    typeof value.trace === 'object' &&
    value.trace !== null
  );
}
