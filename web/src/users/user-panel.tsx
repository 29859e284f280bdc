// One user: name, roles, password, disable, delete.
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Answer } from '@/api/request';
import type { Session, User } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { useEdits } from '@/seats/edits';
import { useAccount } from '@/session/account';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { PanelButtons } from '@/ui/panel-buttons';
import { SidePanel } from '@/ui/side-panel';
import { Tick } from '@/ui/tick';
import { isGone, WaitingPanel } from '@/ui/waiting-panel';
import { administered, manages } from './rights';
import { RolesField } from './roles-field';
import { userQuery, useUserDeeds } from './user-deeds';

const SetPasswordDialog = lazy(() => import('./set-password-dialog'));

interface Props {
  id: string;
  session: Session;
  close: () => void;
}

interface FieldsProps extends Props {
  saved: Answer<User>;
}

// Why parts of the panel cannot be changed; empty when they can.
function useReason(session: Session, user: User): string {
  const { t } = useTranslation();
  return manages(session, user)
    ? ''
    : t('{{name}} has rights beyond the accounts that you administer.', { name: user.name });
}

function Fields(props: FieldsProps) {
  const { id, session, saved, close } = props;
  const { t } = useTranslation();
  const here = useAccount().id;
  const [setting, setSetting] = useState(false);
  const {
    document: user,
    edited,
    meanwhile,
    put,
    drop,
    arrived,
  } = useEdits(saved.value, () => undefined);
  const gone = () => {
    drop();
    close();
  };
  const { busy, save, remove } = useUserDeeds(id, saved, gone);
  const reason = useReason(session, saved.value);
  const fixed = reason !== '';
  const own = id === session.user;
  const footer = (
    <PanelButtons
      kept={fixed || own}
      ready={edited && !busy && user.name.trim() !== ''}
      dirty={edited}
      meanwhile={meanwhile}
      onDelete={() => void remove()}
      onUndo={drop}
    />
  );
  return (
    <SidePanel
      title={saved.value.name || id}
      onClose={close}
      footer={footer}
      onSave={() => void save(user, () => arrived(user))}
    >
      <div className="flex flex-col gap-5 p-5">
        {fixed && <Hint tone="warn">{reason}</Hint>}
        {own && <Hint>{t('This is you: somebody else has to disable or delete you.')}</Hint>}
        <Labelled label={t('Name')}>
          {(ids) => (
            <input
              {...ids}
              maxLength={128}
              disabled={fixed}
              value={user.name}
              onChange={(event) => put({ name: event.target.value })}
            />
          )}
        </Labelled>
        <RolesField
          accounts={administered(session)}
          here={here}
          roles={user.roles}
          disabled={fixed}
          onChange={(roles) => put({ roles })}
        />
        {session.system && (
          <Tick
            label={t('System administrator')}
            hint={t('Admin of every account, and makes new ones')}
            checked={user.system}
            disabled={own}
            onChange={(system) => put({ system })}
          />
        )}
        <Tick
          label={t('Disabled')}
          hint={t('Can’t sign in; access tokens don’t work. Nothing is deleted.')}
          checked={user.disabled ?? false}
          disabled={fixed || own}
          onChange={(disabled) => put({ disabled })}
        />
        {!own && (
          <button
            type="button"
            className="btn self-start"
            disabled={fixed}
            onClick={() => setSetting(true)}
          >
            <KeyRound aria-hidden />
            {t('Set password')}
          </button>
        )}
      </div>
      {setting && (
        <Suspense fallback={null}>
          <SetPasswordDialog user={id} close={() => setSetting(false)} />
        </Suspense>
      )}
    </SidePanel>
  );
}

export function UserPanel(props: Props) {
  const { data: saved, error } = useQuery(userQuery(props.id));
  if (saved && !isGone(error)) return <Fields {...props} saved={saved} />;
  return <WaitingPanel title={props.id} error={error} onClose={props.close} />;
}
