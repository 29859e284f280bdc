// The password that a trunk logs in with here, shown once.

import type { NewLogin } from '@/api/trunks';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';

export function LoginTold({ login }: { login: NewLogin }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('Its login here')} className="flex flex-col gap-2">
      <h3 className="font-semibold">{t('Its login here')}</h3>
      <Hint>{t('Give this to the other side now: the password is shown this once.')}</Hint>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <dt>{t('Username')}</dt>
        <dd className="font-mono select-all">{login.username}</dd>
        <dt>{t('Password')}</dt>
        <dd className="font-mono select-all">{login.secret}</dd>
        <dt>{t('Realm')}</dt>
        <dd className="font-mono select-all">{login.realm}</dd>
      </dl>
    </section>
  );
}
