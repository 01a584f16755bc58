/** The order of a view of runs, in the core's words. Pure. */
import type { ViewState } from '../client/index.ts';

/** The value of a metric that a view shows, as the core is asked for it. */
export function summaryField(field: string, summary: ViewState['summary']): string {
  return summary === 'last' ? field : `${summary}(${field})`;
}

/** What runs are ordered by in a view, in the core's words. */
export function orderText(view: {
  readonly order: readonly ViewState['order'][number][];
  readonly summary: ViewState['summary'];
}): string {
  // Without an order, the newest numbers come first.
  const order = view.order.length === 0 ? [{ field: 'run', desc: true }] : view.order;
  return order
    .map(({ field, desc }) => {
      const way = desc ? 'DESC' : 'ASC';
      if (field === 'run') return `experiment_number ${way}, number ${way}`;
      const isMetric = field.startsWith('metrics.');
      return `${isMetric ? summaryField(field, view.summary) : field} ${way}`;
    })
    .join(', ');
}
