// Which trunks a block calls by, in which order.
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useId } from 'react';
import { trunksQuery } from '@/api/trunks';
import { useEditorContext } from '@/editor/context';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { keepFocusInList } from '@/ui/row-focus';

interface Props {
  label: string;
  hint: string;
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

export function TrunksField({ label, hint, chosen, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const { account, names } = useEditorContext();
  const { data: trunks } = useQuery(trunksQuery(account));
  const rest = (trunks ?? []).filter((one) => !chosen.includes(one.id));
  const nameOf = (trunk: string) => names.trunks?.get(trunk) ?? trunk;
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block font-medium">
        {label}
      </label>
      {chosen.length > 0 && (
        <ol className="mb-2 flex flex-wrap gap-1.5">
          {chosen.map((one) => (
            <li key={one} className="tag">
              {nameOf(one)}
              <button
                type="button"
                className="grid h-6 w-6 place-items-center"
                aria-label={t('Remove {{name}}', { name: nameOf(one) })}
                onClick={(event) => {
                  keepFocusInList(event);
                  onChange(chosen.filter((other) => other !== one));
                }}
              >
                <X aria-hidden className="!h-3 !w-3" />
              </button>
            </li>
          ))}
        </ol>
      )}
      <div className="field">
        <select
          id={id}
          value=""
          onChange={({ target }) => target.value && onChange([...chosen, target.value])}
        >
          <option value="">{t('Choose a trunk')}</option>
          {rest.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name || one.id}
            </option>
          ))}
        </select>
      </div>
      <Hint>{hint}</Hint>
    </div>
  );
}
