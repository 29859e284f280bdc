// Which callflows and ring groups ring it.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ObjectUse, usesQuery } from '@/api/office';

function Use({ use }: { use: ObjectUse }) {
  const { t } = useTranslation();
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
        <Link to="/ring-groups" className={look}>
          {use.name}
        </Link>
      )}
      <span className="flex-none text-ink3">{use.callflow ? t('Callflow') : t('Ring group')}</span>
    </li>
  );
}

interface Props {
  account: string;
  kind: 'seats' | 'ring_groups' | 'trunks';
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
          {kind === 'trunks' ? t('No block names it.') : t('Nothing rings it.')}
        </p>
      )}
      <ul className="flex flex-col gap-1.5">
        {uses?.map((use) => (
          <Use key={`${use.callflow}${use.ring_group}${use.pointer}`} use={use} />
        ))}
      </ul>
    </section>
  );
}
