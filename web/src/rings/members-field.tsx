// Who is in a ring group, in order, each with a delay and a ring time.
import { useQuery } from '@tanstack/react-query';
import { ArrowUp, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { devicesQuery, type Member, ringGroupsQuery, seatsQuery } from '@/api/office';
import { addMember, changeMember, keyOf, moveUp, removeMember } from './members';

interface Props {
  account: string;
  own: string; // the ring group itself; a group does not ring itself
  members: Member[];
  fixed: boolean;
  weighted: boolean;
  onChange: (members: Member[]) => void;
}

interface Candidate {
  member: Member;
  name: string;
}

function useCandidates(account: string, own: string): Record<string, Candidate[]> {
  const { t } = useTranslation();
  const { data: seats = [] } = useQuery(seatsQuery(account));
  const { data: devices = [] } = useQuery(devicesQuery(account));
  const { data: groups = [] } = useQuery(ringGroupsQuery(account));
  const of = (endpoint_type: Member['endpoint_type'], all: { id: string; name: string }[]) =>
    all.map(({ id, name }) => ({ member: { endpoint_type, id } as Member, name: name || id }));
  return {
    [t('Seats')]: of('user', seats),
    [t('Phones')]: of('device', devices),
    [t('Ring groups')]: of(
      'group',
      groups.filter((one) => one.id !== own),
    ),
  };
}

interface SecondsProps {
  label: string;
  of: string;
  value: number;
  min: number;
  max: number;
  fixed: boolean;
  onChange: (value: number) => void;
}

function Seconds({ label, of, value, min, max, fixed, onChange }: SecondsProps) {
  return (
    <label className="flex items-center gap-1.5 t-small text-ink3">
      {label}
      <span className="field !h-8 !w-16">
        <input
          type="number"
          aria-label={`${label}, ${of}`}
          min={min}
          max={max}
          disabled={fixed}
          value={value}
          onChange={({ target }) =>
            onChange(Number.isNaN(target.valueAsNumber) ? min : target.valueAsNumber)
          }
        />
      </span>
    </label>
  );
}

export function MembersField({ account, own, members, fixed, weighted, onChange }: Props) {
  const { t } = useTranslation();
  const candidates = useCandidates(account, own);
  const all = Object.values(candidates).flat();
  const named = (one: Member) => {
    const found = all.find(({ member }) => keyOf(member) === keyOf(one));
    return found?.name ?? one.id;
  };
  const add = (key: string) => {
    const found = all.find(({ member }) => keyOf(member) === key);
    if (found) onChange(addMember(members, found.member));
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{t('Members')}</legend>
      {members.length === 0 && <p className="mb-2 text-ink3">{t('Nobody yet')}</p>}
      <ol className="mb-2 divide-y divide-line">
        {members.map((one, index) => (
          <li key={keyOf(one)} className="flex flex-col gap-1.5 py-2">
            <div className="flex items-center gap-1">
              <span className="min-w-0 flex-1 truncate">{named(one)}</span>
              {!fixed && index > 0 && (
                <button
                  type="button"
                  className="btn btn-ghost btn-icon btn-sm"
                  aria-label={t('Move {{name}} up', { name: named(one) })}
                  onClick={() => onChange(moveUp(members, index))}
                >
                  <ArrowUp aria-hidden />
                </button>
              )}
              {!fixed && (
                <button
                  type="button"
                  className="btn btn-ghost btn-icon btn-sm"
                  aria-label={t('Remove {{name}}', { name: named(one) })}
                  onClick={() => onChange(removeMember(members, index))}
                >
                  <X aria-hidden />
                </button>
              )}
            </div>
            <div className="flex flex-wrap gap-3">
              <Seconds
                label={t('After (s)')}
                of={named(one)}
                min={0}
                max={120}
                fixed={fixed}
                value={one.delay ?? 0}
                onChange={(delay) => onChange(changeMember(members, index, { delay }))}
              />
              <Seconds
                label={t('Rings for (s)')}
                of={named(one)}
                min={1}
                max={300}
                fixed={fixed}
                value={one.timeout ?? 20}
                onChange={(timeout) => onChange(changeMember(members, index, { timeout }))}
              />
              {weighted && (
                <Seconds
                  label={t('Weight')}
                  of={named(one)}
                  min={1}
                  max={100}
                  fixed={fixed}
                  value={one.weight ?? 20}
                  onChange={(weight) => onChange(changeMember(members, index, { weight }))}
                />
              )}
            </div>
          </li>
        ))}
      </ol>
      {!fixed && (
        <div className="field">
          <select
            aria-label={t('Add a member')}
            value=""
            onChange={(event) => add(event.target.value)}
          >
            <option value="">{t('Add a member')}</option>
            {Object.entries(candidates).map(([kind, list]) => (
              <optgroup key={kind} label={kind}>
                {list
                  .filter(({ member }) => !members.some((one) => keyOf(one) === keyOf(member)))
                  .map(({ member, name }) => (
                    <option key={keyOf(member)} value={keyOf(member)}>
                      {name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </div>
      )}
    </fieldset>
  );
}
