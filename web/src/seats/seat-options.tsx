// The seats of the account, to choose one from.
import { useQuery } from '@tanstack/react-query';
import { seatsQuery } from '@/api/office';

interface Props {
  account: string;
  value?: string | undefined; // shown by its id when there is no such seat any more
  except?: string;
}

export function SeatOptions({ account, value, except }: Props) {
  const { data: seats } = useQuery(seatsQuery(account));
  const known = seats?.some((one) => one.id === value);
  return (
    <>
      {value && !known && <option value={value}>{value}</option>}
      {seats
        ?.filter((one) => one.id !== except)
        .map((one) => (
          <option key={one.id} value={one.id}>
            {[one.name || one.id, one.extension].filter(Boolean).join(', ')}
          </option>
        ))}
    </>
  );
}
