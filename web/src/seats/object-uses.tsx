// Which callflows and ring groups ring it.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ObjectUse, type UsedKind, usesQuery } from '@/api/office';
import { path } from '@/api/request';
import { useTranslation } from '@/language/translate';

function placeOf({ temporal_rule_set, ring_group }: ObjectUse): string {
  return temporal_rule_set
    ? path`/time-of-day/sets/${temporal_rule_set}`
    : path`/ring-groups/${ring_group ?? ''}`;
}

function Use({ use }: { use: ObjectUse }) {
  const { t } = useTranslation();
  const kindOf = ({ callflow, temporal_rule_set }: ObjectUse) => {
    if (callflow) return t('Callflow');
    return temporal_rule_set ? t('Rule set') : t('Ring group');
  };
  const look = 'truncate font-medium text-accent-ink hover:underline';
  return (
    <li className="flex min-w-0 items-center gap-2">
      {use.callflow ? (
        <Link
          to="/callflows/$id"
          params={{ id: use.callflow }}
          search={{ block: use.block }}
          className={look}
        >
          {use.name || use.callflow}
        </Link>
      ) : (
        <Link to={placeOf(use)} className={look}>
          {use.name}
        </Link>
      )}
      <span className="flex-none text-ink3">{kindOf(use)}</span>
    </li>
  );
}

const RUNG: readonly UsedKind[] = ['seats', 'devices', 'ring_groups'];

interface Props {
  account: string;
  kind: UsedKind;
  id: string;
}

export function ObjectUses({ account, kind, id }: Props) {
  const { t } = useTranslation();
  const { data: uses } = useQuery(usesQuery(account, kind, id));
  return (
    <section aria-label={t('Used by')}>
      <h3 className="mb-2 font-medium">{t('Used by')}</h3>
      {uses?.length === 0 && (
        <p className="text-ink3">
          {RUNG.includes(kind) ? t('Nothing rings it.') : t('Nothing refers to it.')}
        </p>
      )}
      <ul className="flex flex-col gap-1.5">
        {uses?.map((use) => (
          <Use
            key={`${use.callflow}${use.ring_group}${use.temporal_rule_set}${use.pointer}`}
            use={use}
          />
        ))}
      </ul>
    </section>
  );
}
