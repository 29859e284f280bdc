// A password: hidden, unless one wants to see what one types.
import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from '@/language/translate';

export const PASSWORD_CHARS_MIN = 10; // of new ones; the server says the same

interface Props {
  label: string;
  value: string;
  onChange: (password: string) => void;
  kind: 'current-password' | 'new-password';
  bad?: boolean;
  hint?: ReactNode;
}

export function PasswordField({ label, value, onChange, kind, bad = false, hint }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [shown, setShown] = useState(false);
  const Sight = shown ? EyeOff : Eye;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      <div className="field" data-bad={bad}>
        <input
          id={id}
          type={shown ? 'text' : 'password'}
          autoComplete={kind}
          aria-describedby={hint ? `${id}-hint` : undefined}
          required
          minLength={kind === 'new-password' ? PASSWORD_CHARS_MIN : 1}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
        <button
          type="button"
          className="grid h-6 w-6 place-items-center text-ink2"
          aria-label={shown ? t('Hide the password') : t('Show the password')}
          onClick={() => setShown(!shown)}
        >
          <Sight aria-hidden />
        </button>
      </div>
      <div id={`${id}-hint`} aria-live="polite">
        {hint}
      </div>
    </div>
  );
}
