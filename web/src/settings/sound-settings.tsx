// What an account wants of the sound of its calls.
import { useQuery } from '@tanstack/react-query';
import { mediaQuery } from '@/api/queries';
import type { AccountSettings } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Tick } from '@/ui/tick';

interface Props {
  account: string;
  value: AccountSettings['media'];
  disabled: boolean;
  onChange: (value: AccountSettings['media']) => void;
}

export function SoundSettings({ account, value = {}, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const { data: media = [] } = useQuery(mediaQuery(account));
  const { keypress_prompt: prompt = '', ...rest } = value;
  const lost = prompt !== '' && !media.some((one) => one.id === prompt);
  return (
    <>
      <Tick
        label={t('Convert sound where two phones have no codec in common')}
        hint={t('Otherwise such calls are refused with 488.')}
        checked={value.transcode ?? true}
        disabled={disabled}
        onChange={(transcode) => onChange({ ...value, transcode })}
      />
      <Labelled
        label={t('Heard by who has to press 1')}
        hint={
          <Hint>
            {t('Who answers a forwarded call outside hears it until the key, over and over.')}
          </Hint>
        }
      >
        {(ids) => (
          <select
            {...ids}
            disabled={disabled}
            value={prompt}
            onChange={({ target }) =>
              onChange(target.value ? { ...rest, keypress_prompt: target.value } : rest)
            }
          >
            <option value="">{t('The built-in words, in English')}</option>
            {lost && <option value={prompt}>{prompt}</option>}
            {media.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
    </>
  );
}
