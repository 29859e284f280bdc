// The members that a Ring Group block names itself.
import type { Member } from '@/api/office';
import { useEditorContext } from '@/editor/context';
import { MembersField } from '@/rings/members-field';

interface Props {
  value: unknown;
  weighted: boolean;
  onChange: (value: unknown) => void;
}

const isMember = (one: unknown): one is Member =>
  typeof one === 'object' && one !== null && 'id' in one;

export function RingMembersField({ value, weighted, onChange }: Props) {
  const { account } = useEditorContext();
  return (
    <MembersField
      account={account}
      own=""
      members={Array.isArray(value) ? value.filter(isMember) : []}
      fixed={false}
      weighted={weighted}
      wrong={() => undefined}
      onChange={(members) => onChange(members.length ? members : undefined)}
    />
  );
}
