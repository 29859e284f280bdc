// Whose phone it is: a seat's, or nobody's.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { seatsQuery } from '@/api/office';
import { useTranslation } from '@/language/translate';
import { SeatOptions } from '@/seats/seat-options';
import { hintOf } from '@/seats/text-field';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';

export function SeatLink({ id, name }: { id: string; name: string | undefined }) {
  return (
    <Link to="/seats/{-$id}" params={{ id }} className="text-accent-ink hover:underline">
      {name || id}
    </Link>
  );
}

interface Props {
  account: string;
  value: string | undefined;
  fixed: boolean;
  linked: boolean; // the way to the seat, where that does not lose what was typed
  wrong: string | undefined;
  onChange: (owner: string | undefined) => void;
}

export function OwnerField({ account, value, fixed, linked, wrong, onChange }: Props) {
  const { t } = useTranslation();
  const { data: seats } = useQuery(seatsQuery(account));
  const owner = seats?.find((one) => one.id === value);
  const hint = (
    <Hint>
      {value
        ? linked && <SeatLink id={value} name={owner?.name} />
        : t('A door or a lobby: it rings where a callflow or a ring group says so.')}
    </Hint>
  );
  return (
    <Labelled label={t('Belongs to')} {...hintOf(wrong, hint)}>
      {(ids) => (
        <select
          {...ids}
          disabled={fixed}
          value={value ?? ''}
          onChange={({ target }) => onChange(target.value || undefined)}
        >
          <option value="">{t('Nobody')}</option>
          <SeatOptions account={account} value={value} />
        </select>
      )}
    </Labelled>
  );
}
