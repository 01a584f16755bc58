/** Views of the runs table. */
import type { ViewOperation } from '../contract/views.ts';
import type { Handlers } from '../rpc/index.ts';
import * as views from '../tracking/views.ts';
import type { ApiContext } from './context.ts';

export function viewHandlers(context: ApiContext): Pick<Handlers, ViewOperation> {
  const published = <T>(result: T): T => {
    context.session().changes.publish(['views']);
    return result;
  };
  const store = () => context.session().store;
  return {
    'views.list': async () => views.readViews(store()),
    'views.save': async (view) => published({ id: views.saveView(store(), view) }),
    'views.rename': async ({ id, name }) => {
      views.renameView(store(), id, name);
      return published({});
    },
    'views.remove': async ({ id }) => {
      views.removeView(store(), id);
      return published({});
    },
    'views.setStandard': async ({ id }) => {
      views.setStandardView(store(), id);
      return published({});
    },
    'views.keep': async ({ state }) => {
      views.keepCurrent(store(), state);
      return {};
    },
  };
}
