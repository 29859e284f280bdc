// One user: name, roles, password, disable, delete.
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ApiProblem, path, reasonOf, request } from '@/api/request';
import type { Session, User } from '@/api/types';
import { useAccount } from '@/session/account';
import { ask } from '@/ui/confirm';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { SidePanel } from '@/ui/side-panel';
import { Tick } from '@/ui/tick';
import { toast } from '@/ui/toasts';
import { administered, manages } from './rights';
import { RolesField } from './roles-field';

const SetPasswordDialog = lazy(() => import('./set-password-dialog'));

const userQuery = (id: string) =>
  queryOptions({
    queryKey: ['users', 'one', id],
    queryFn: () => request<User>(path`/users/${id}`),
  });

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

function useUserDeeds({ id, close, saved }: FieldsProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const fresh = () => cache.invalidateQueries({ queryKey: ['users'] });
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      const meanwhile = error instanceof ApiProblem && error.status === 412;
      if (meanwhile) await fresh();
      const title = reasonOf(error);
      const detail = meanwhile ? t('You see the user as it is now. Save again to change it.') : '';
      toast({ tone: 'err', title, ...(detail ? { detail } : {}) });
    } finally {
      setBusy(false);
    }
  };
  const save = (user: User, done: () => void) =>
    attempt(async () => {
      const { name, system, roles, disabled } = user;
      const body = { name, system, roles, disabled };
      await request(path`/users/${id}`, { method: 'PUT', body, ifMatch: saved.etag });
      await fresh();
      done();
      toast({ tone: 'ok', title: t('{{name}} is saved', { name }) });
    });
  const remove = async () => {
    const yes = await ask({
      title: t('Delete {{name}}?', { name: saved.value.name }),
      text: t('They are signed out, and their access tokens stop working. This can’t be undone.'),
      yes: t('Delete'),
      no: t('Keep it'),
      danger: true,
    });
    if (!yes) return;
    await attempt(async () => {
      await request(path`/users/${id}`, { method: 'DELETE', ifMatch: '*' });
      close();
      await fresh();
    });
  };
  return { busy, save, remove };
}

function Fields(props: FieldsProps) {
  const { id, session, saved, close } = props;
  const { t } = useTranslation();
  const here = useAccount().id;
  const [edits, setEdits] = useState<Partial<User>>({});
  const [setting, setSetting] = useState(false);
  const { busy, save, remove } = useUserDeeds(props);
  const user = { ...saved.value, ...edits };
  const reason = useReason(session, saved.value);
  const fixed = reason !== '';
  const own = id === session.user;
  const dirty = Object.keys(edits).length > 0;
  const put = (part: Partial<User>) => setEdits({ ...edits, ...part });
  const footer = (
    <>
      <button
        type="button"
        className="btn btn-ghost"
        disabled={fixed || own || busy}
        onClick={remove}
      >
        <Trash2 aria-hidden />
        {t('Delete')}
      </button>
      <span className="flex-1" />
      <button type="button" className="btn" disabled={!dirty} onClick={() => setEdits({})}>
        {t('Undo')}
      </button>
      <button
        type="button"
        className="btn btn-primary"
        disabled={!dirty || busy || user.name.trim() === ''}
        onClick={() => void save(user, () => setEdits({}))}
      >
        {t('Save')}
      </button>
    </>
  );
  return (
    <SidePanel title={saved.value.name || id} onClose={close} footer={footer}>
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
  if (saved) return <Fields {...props} saved={saved} />;
  return (
    <SidePanel title={props.id} onClose={props.close}>
      {error && (
        <div className="p-5">
          <Hint tone="err">{error.message}</Hint>
        </div>
      )}
    </SidePanel>
  );
}
