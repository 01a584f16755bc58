import { useMemo } from 'react';
import { type ClientError, topics, useOperation } from '../../../client/index.ts';
import { countInput, flatInput, searchOf } from './ahead.ts';
import {
  flatPlaces,
  type Group,
  type GroupPlace,
  groupedPlaces,
  nestedPlaces,
  type Places,
} from './lines.ts';
import type { View } from './view.ts';

const noIds: readonly string[] = [];
const noGroups: readonly Group[] = [];
const noPlaces: readonly GroupPlace[] = [];

/** The runs that the table lists, in their order; nothing of them but their ids. */
export interface Listed {
  readonly places: Places;
  /** Every run that is listed, also those in folded groups. */
  readonly ids: readonly string[];
  readonly groups: readonly GroupPlace[];
  /** How many runs there are in the folder. */
  readonly total: number | null;
  readonly loading: boolean;
  readonly error: ClientError | null;
  reload(): void;
}

/** @param folds runs whose nested runs are hidden, and groups whose runs are shown */
export function usePlaces(view: View, folds: ReadonlySet<string>): Listed {
  const { group } = view;
  const search = searchOf(view);
  const options = { topics: [topics.runs], keepPrevious: true };
  const { kind } = group;
  const flat = useOperation('runs.find', flatInput(view), { ...options, enabled: kind === 'none' });
  const tree = useOperation('table.tree', search, { ...options, enabled: kind === 'nested' });
  const by = kind === 'by' ? group.fields : [];
  const seeds = kind === 'seed' ? group.pattern : null;
  const grouped = useOperation(
    'table.groups',
    { ...search, by: [...by], seeds },
    { ...options, enabled: kind === 'by' || kind === 'seed' },
  );
  const all = useOperation('runs.find', countInput, options);
  const query = kind === 'none' ? flat : kind === 'nested' ? tree : grouped;

  const treeData = tree.data;
  const groups = grouped.data?.groups ?? noGroups;
  const flatIds = flat.data?.ids ?? noIds;
  const places = useMemo((): Places => {
    if (kind === 'none') return flatPlaces(flatIds);
    if (kind === 'nested') {
      return nestedPlaces(treeData?.ids ?? noIds, treeData?.depths ?? new Uint8Array(), folds);
    }
    return groupedPlaces(groups, folds, kind === 'seed' ? 'run' : 'group');
  }, [kind, flatIds, treeData, groups, folds]);
  const groupPlaces = useMemo((): readonly GroupPlace[] => {
    if (kind !== 'by' && kind !== 'seed') return noPlaces;
    const found: GroupPlace[] = [];
    for (let index = 0; index < places.keys.length; index++) {
      const place = places.at(index);
      if (place.kind === 'group') found.push(place);
    }
    return found;
  }, [kind, places]);
  const ids = useMemo((): readonly string[] => {
    if (kind === 'none') return flatIds;
    if (kind === 'nested') return treeData?.ids ?? noIds;
    return groups.flatMap((one) => one.ids);
  }, [kind, flatIds, treeData, groups]);

  return {
    places,
    ids,
    groups: groupPlaces,
    total: all.data?.matching ?? null,
    loading: query.data === undefined,
    error: query.error,
    reload: query.reload,
  };
}
