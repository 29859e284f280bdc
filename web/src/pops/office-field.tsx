// Which seat, device, ring group or rule set a block is about; a new one is made beside it.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { devicesQuery, ringGroupsQuery, seatsQuery } from '@/api/office';
import { ruleSetsQuery } from '@/api/schedule';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { useMay } from '@/session/account';

const NewSeatDialog = lazy(() => import('@/seats/new-seat-dialog'));

export type OfficeKind = 'seat' | 'device' | 'ring_group' | 'temporal_rule_set';

interface Props {
  id: string;
  to: OfficeKind;
  value: string;
  onChange: (value: unknown) => void;
}

interface Choice {
  id: string;
  name: string;
  extension?: string;
}

function useChoices(account: string, to: OfficeKind): Choice[] | undefined {
  const seats = useQuery({ ...seatsQuery(account), enabled: to === 'seat' });
  const devices = useQuery({ ...devicesQuery(account), enabled: to === 'device' });
  const groups = useQuery({ ...ringGroupsQuery(account), enabled: to === 'ring_group' });
  const sets = useQuery({ ...ruleSetsQuery(account), enabled: to === 'temporal_rule_set' });
  return { seat: seats, device: devices, ring_group: groups, temporal_rule_set: sets }[to].data;
}

export function OfficeField({ id, to, value, onChange }: Props) {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const choices = useChoices(account, to);
  const known = choices?.some((one) => one.id === value);
  const first = {
    seat: t('Choose a seat'),
    device: t('Choose a device'),
    ring_group: t('Choose a ring group'),
    temporal_rule_set: t('Choose a rule set'),
  }[to];
  const close = (made?: string) => {
    setAdding(false);
    if (made) onChange(made);
  };
  return (
    <div className="flex gap-2">
      <div className="field">
        <select
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value || undefined)}
        >
          <option value="">{first}</option>
          {value && !known && <option value={value}>{value}</option>}
          {(choices ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {[one.name || one.id, one.extension].filter(Boolean).join(', ')}
            </option>
          ))}
        </select>
      </div>
      {to === 'seat' && may.administer && (
        <button type="button" className="btn btn-lg" onClick={() => setAdding(true)}>
          {t('New seat')}
        </button>
      )}
      {adding && (
        <Suspense fallback={null}>
          <NewSeatDialog account={account} close={close} />
        </Suspense>
      )}
    </div>
  );
}
