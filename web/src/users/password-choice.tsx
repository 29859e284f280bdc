// A password for somebody else: made here, or typed.
import { useId, useState } from 'react';
import { useTranslation } from '@/language/translate';
import { PASSWORD_CHARS_MIN, PasswordField } from '@/session/password-field';
import { Hint } from '@/ui/hint';
import { newPassword } from './new-password';

export interface ChosenPassword {
  made: boolean;
  text: string;
}

export function usePasswordChoice() {
  return useState<ChosenPassword>(() => ({ made: true, text: newPassword() }));
}

interface Props {
  chosen: ChosenPassword;
  choose: (chosen: ChosenPassword) => void;
}

export function PasswordChoice({ chosen, choose }: Props) {
  const { t } = useTranslation();
  const name = useId();
  const ways = [
    { made: true, label: t('Make one'), text: newPassword },
    { made: false, label: t('Type one'), text: () => '' },
  ];
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{t('Password')}</legend>
      <div className="flex gap-5">
        {ways.map(({ made, label, text }) => (
          <label key={label} className="flex items-center gap-2">
            <input
              type="radio"
              name={name}
              className="h-4 w-4 accent-accent"
              checked={chosen.made === made}
              onChange={() => choose({ made, text: text() })}
            />
            {label}
          </label>
        ))}
      </div>
      {chosen.made ? (
        <Hint>{t('It is shown once, when this is saved.')}</Hint>
      ) : (
        <div className="mt-3">
          <PasswordField
            label={t('New password')}
            kind="new-password"
            value={chosen.text}
            onChange={(text) => choose({ made: false, text })}
            hint={<Hint>{t('At least {{count}} characters', { count: PASSWORD_CHARS_MIN })}</Hint>}
          />
        </div>
      )}
      <p className="mt-1 t-small text-ink3">
        {t('Its owner chooses another at the next sign-in.')}
      </p>
    </fieldset>
  );
}
