// Which rules belong together.
import { useQuery } from '@tanstack/react-query';
import { type RuleSetDocument, rulesQuery } from '@/api/schedule';
import { useTranslation } from '@/language/translate';
import { TextField } from '@/seats/text-field';
import { Tick } from '@/ui/tick';

interface Props {
  account: string;
  set: RuleSetDocument;
  fixed: boolean;
  put: (part: Partial<RuleSetDocument>) => void;
}

export function RuleSetFields({ account, set, fixed, put }: Props) {
  const { t } = useTranslation();
  const { data: rules = [] } = useQuery(rulesQuery(account));
  const chosen = set.temporal_rules ?? [];
  const change = (id: string, on: boolean) =>
    put({ temporal_rules: on ? [...chosen, id] : chosen.filter((one) => one !== id) });
  return (
    <>
      <TextField
        label={t('Name')}
        max={128}
        required
        disabled={fixed}
        value={set.name}
        onChange={(name) => put({ name })}
      />
      <fieldset className="min-w-0">
        <legend className="mb-1.5 font-medium">{t('Rules')}</legend>
        {rules.length === 0 && <p className="text-ink3">{t('No rules yet')}</p>}
        <div className="flex flex-col gap-1.5">
          {rules.map(({ id, name }) => (
            <Tick
              key={id}
              label={name}
              checked={chosen.includes(id)}
              disabled={fixed}
              onChange={(on) => change(id, on)}
            />
          ))}
        </div>
      </fieldset>
    </>
  );
}
