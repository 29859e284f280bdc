// Above the list of phones: those of one seat, or all.
import { useTranslation } from '@/language/translate';
import { SeatOptions } from '@/seats/seat-options';

interface Props {
  account: string;
  chosen: string; // a seat; '': all phones
  choose: (seat: string) => void;
}

export function OwnerFilter({ account, chosen, choose }: Props) {
  const { t } = useTranslation();
  return (
    <div className="field field-sm !w-auto max-sm:!w-full">
      <select
        aria-label={t('Phones of')}
        value={chosen}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{t('Everybody’s phones')}</option>
        <SeatOptions account={account} value={chosen} />
      </select>
    </div>
  );
}
