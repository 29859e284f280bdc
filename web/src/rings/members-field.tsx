// Who is in a ring group, in order, each with a delay and a ring time.
import { useQuery } from '@tanstack/react-query';
import { ArrowUp, X } from 'lucide-react';
import { useId } from 'react';
import type { Wrong } from '@/api/findings';
import { devicesQuery, type Member, ringGroupsQuery, seatsQuery } from '@/api/office';
import { changeRow, rowPointer } from '@/api/rows';
import { useTranslation } from '@/language/translate';
import { WrongLine } from '@/ui/problem-line';
import { keepFocusInList } from '@/ui/row-focus';
import { addMember, keyOf, moveUp, removeMember } from './members';

interface Props {
  account: string;
  own: string; // the ring group itself; a group does not ring itself
  members: Member[];
  fixed: boolean;
  weighted: boolean;
  wrong: Wrong;
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
  value: number | undefined;
  usual: number; // what counts while the field is empty
  min: number;
  max: number;
  fixed: boolean;
  bad: boolean;
  told: string; // the id of what tells why it is bad
  onChange: (value: number | undefined) => void;
}

function Seconds({ label, of, value, usual, min, max, fixed, bad, told, onChange }: SecondsProps) {
  return (
    <label className="flex items-center gap-1.5 t-small text-ink3">
      {label}
      <span className="field !h-8 !w-16" data-bad={bad}>
        <input
          type="number"
          aria-label={`${label}, ${of}`}
          aria-describedby={told}
          aria-invalid={bad}
          min={min}
          max={max}
          disabled={fixed}
          placeholder={String(usual)}
          value={value ?? ''}
          onChange={({ target }) =>
            onChange(Number.isNaN(target.valueAsNumber) ? undefined : target.valueAsNumber)
          }
        />
      </span>
    </label>
  );
}

interface RowProps {
  member: Member;
  name: string;
  fixed: boolean;
  weighted: boolean;
  wrong: Wrong; // below the member
  change: (part: Partial<Member>) => void;
  up: (() => void) | null;
  remove: () => void;
}

function Deeds({ name, up, remove }: Pick<RowProps, 'name' | 'up' | 'remove'>) {
  const { t } = useTranslation();
  return (
    <>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={t('Move {{name}} up', { name })}
        aria-disabled={up === null} // not `disabled`: who has moved it here keeps the focus
        onClick={up ?? undefined}
      >
        <ArrowUp aria-hidden />
      </button>
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={t('Remove {{name}}', { name })}
        onClick={(event) => {
          keepFocusInList(event);
          remove();
        }}
      >
        <X aria-hidden />
      </button>
    </>
  );
}

function MemberRow({ member, name, fixed, weighted, wrong, change, up, remove }: RowProps) {
  const { t } = useTranslation();
  const told = useId();
  const of = (field: 'delay' | 'timeout' | 'weight') => ({
    of: name,
    fixed,
    bad: wrong(`/${field}`) !== undefined,
    told,
    value: member[field],
    onChange: (value: number | undefined) => change({ [field]: value }),
  });
  return (
    <li className="flex flex-col gap-1.5 py-2" data-bad={wrong('') !== undefined}>
      <div className="flex items-center gap-1">
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {!fixed && <Deeds name={name} up={up} remove={remove} />}
      </div>
      <div className="flex flex-wrap gap-3">
        <Seconds {...of('delay')} label={t('After (s)')} min={0} max={120} usual={0} />
        <Seconds {...of('timeout')} label={t('Rings for (s)')} min={1} max={300} usual={20} />
        {weighted && <Seconds {...of('weight')} label={t('Weight')} min={1} max={100} usual={20} />}
      </div>
      <WrongLine id={told} wrong={wrong('')} />
    </li>
  );
}

export function MembersField(props: Props) {
  const { account, own, members, fixed, weighted, wrong, onChange } = props;
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
          <MemberRow
            key={keyOf(one)}
            member={one}
            name={named(one)}
            fixed={fixed}
            weighted={weighted}
            wrong={(below) => wrong(rowPointer('/endpoints', one) + below)}
            change={(part) => onChange(changeRow(members, index, part))}
            up={index > 0 ? () => onChange(moveUp(members, index)) : null}
            remove={() => onChange(removeMember(members, index))}
          />
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
