// What every part of the editor needs from the server: the catalog, and names for ids.
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import { devicesQuery, ringGroupsQuery, seatsQuery } from '@/api/office';
import { actionsQuery, callflowsQuery, mediaQuery } from '@/api/queries';
import { ruleSetsQuery, rulesQuery } from '@/api/schedule';
import { trunksQuery } from '@/api/trunks';
import type { Action } from '@/api/types';
import { withNamedKeys } from '@/callflow/branches';
import type { Names } from '@/callflow/face';
import type { Catalog } from '@/callflow/placement';
import { useMay } from '@/session/account';

export interface EditorContext {
  account: string;
  mayEdit: boolean;
  actions: readonly Action[];
  catalog: Catalog;
  names: Names;
}

export const Editor = createContext<EditorContext | null>(null);

export function useEditorContext(): EditorContext {
  const context = useContext(Editor);
  if (!context) throw new Error('outside of the editor');
  return context;
}

function namesById(list: { id: string; name: string }[] = []): Map<string, string> {
  return new Map(list.map(({ id, name }) => [id, name]));
}

export function useLoadedContext(account: string): EditorContext {
  const { edit } = useMay();
  const { data: actions } = useQuery(actionsQuery);
  const { data: media } = useQuery(mediaQuery(account));
  const { data: callflows } = useQuery(callflowsQuery(account));
  const { data: seats } = useQuery(seatsQuery(account));
  const { data: devices } = useQuery(devicesQuery(account));
  const { data: ringGroups } = useQuery(ringGroupsQuery(account));
  const { data: trunks } = useQuery(trunksQuery(account));
  const { data: rules } = useQuery(rulesQuery(account));
  const { data: ruleSets } = useQuery(ruleSetsQuery(account));
  return useMemo(() => {
    const list = (actions ?? []).map((action) => withNamedKeys(action, namesById(rules)));
    return {
      account,
      mayEdit: edit,
      actions: list,
      catalog: new Map(list.map((action) => [action.name, action])),
      names: {
        media: new Map((media ?? []).map((one) => [one.id, one])),
        callflows: namesById(callflows),
        seats: namesById(seats),
        devices: namesById(devices),
        ringGroups: namesById(ringGroups),
        ruleSets: namesById(ruleSets),
        trunks: namesById(trunks),
      },
    };
  }, [
    account,
    actions,
    media,
    callflows,
    seats,
    devices,
    ringGroups,
    rules,
    ruleSets,
    trunks,
    edit,
  ]);
}
