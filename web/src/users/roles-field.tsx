// What a user may do, account by account.
import { useId } from 'react';
import type { Role, Session, User } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { ROLES, useRoleWords } from '@/session/roles';

interface RowProps {
  account: { id: string; name: string };
  role: Role | undefined;
  disabled: boolean;
  onChange: (role: Role | undefined) => void;
}

function RoleRow({ account, role, disabled, onChange }: RowProps) {
  const { t } = useTranslation();
  const words = useRoleWords();
  const id = useId();
  return (
    <li className="flex items-center gap-3 py-1">
      <label htmlFor={id} className="min-w-0 flex-1 truncate">
        {account.name || account.id}
      </label>
      <div className="field field-sm !w-44 flex-none">
        <select
          id={id}
          value={role ?? ''}
          disabled={disabled}
          onChange={(event) => onChange(ROLES.find((one) => one === event.target.value))}
        >
          <option value="">{t('No access')}</option>
          {ROLES.map((one) => (
            <option key={one} value={one}>
              {words[one].name}
            </option>
          ))}
        </select>
      </div>
    </li>
  );
}

interface Props {
  accounts: Session['accounts']; // that whoever asks administers
  here: string;
  roles: User['roles'];
  disabled?: boolean;
  onChange: (roles: User['roles']) => void;
}

export function RolesField({ accounts, here, roles, disabled = false, onChange }: Props) {
  const { t } = useTranslation();
  const words = useRoleWords();
  const put = (account: string, role: Role | undefined) => {
    const { [account]: _, ...others } = roles;
    onChange(role ? { ...others, [account]: role } : others);
  };
  const foreign = Object.keys(roles).filter((id) => !accounts.some((one) => one.id === id));
  const shown = [
    ...accounts.filter(({ id }) => id === here || roles[id]),
    ...foreign.map((id) => ({ id, name: id })),
  ];
  const others = accounts.filter((one) => !shown.some(({ id }) => id === one.id));
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t('Roles')}</legend>
      <ul>
        {shown.map((account) => (
          <RoleRow
            key={account.id}
            account={account}
            role={roles[account.id]}
            disabled={disabled || foreign.includes(account.id)}
            onChange={(role) => put(account.id, role)}
          />
        ))}
      </ul>
      {others.length > 0 && !disabled && (
        <div className="field field-sm mt-2">
          <select
            aria-label={t('Add an account')}
            value=""
            onChange={(event) => put(event.target.value, 'viewer')}
          >
            <option value="">{t('Add an account')}</option>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name || one.id}
              </option>
            ))}
          </select>
        </div>
      )}
      <dl className="mt-3 grid grid-cols-[72px_1fr] gap-y-0.5 t-small text-ink3">
        {ROLES.map((one) => (
          <div key={one} className="contents">
            <dt>{words[one].name}</dt>
            <dd>{words[one].may}</dd>
          </div>
        ))}
      </dl>
    </fieldset>
  );
}
