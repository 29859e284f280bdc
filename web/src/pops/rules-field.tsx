// Which rules of Time of Day a block asks or switches, in order.
import { useQuery } from '@tanstack/react-query';
import { rulesQuery } from '@/api/schedule';
import type { Param } from '@/api/types';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Tick } from '@/ui/tick';

interface Props {
  param: Param;
  chosen: string[];
  onChange: (value: unknown) => void;
}

export function RulesField({ param, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const { data: rules = [] } = useQuery(rulesQuery(account));
  const gone = chosen.filter((id) => !rules.some((rule) => rule.id === id));
  const all = [...rules, ...gone.map((id) => ({ id, name: id }))];
  const put = (id: string, on: boolean) => {
    const next = on ? [...chosen, id] : chosen.filter((one) => one !== id);
    onChange(next.length ? next : undefined);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{t(param.label ?? '')}</legend>
      {all.length === 0 && <p className="text-ink3">{t('No rules yet')}</p>}
      <div className="flex flex-col gap-1.5">
        {all.map(({ id, name }) => (
          <Tick
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(on) => put(id, on)}
          />
        ))}
      </div>
      {param.description && <Hint>{t(param.description)}</Hint>}
    </fieldset>
  );
}
