// Above the list of seats: all that are shown as a file.
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { SeatSummary } from '@/api/office';
import { reasonOf } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { csv, saveCsv } from '@/ui/csv';
import { toast } from '@/ui/toasts';
import { useStateWords } from './state-pill';
import { stateOf } from './states';

interface ExportProps {
  registered: ReadonlySet<string>;
  load: () => Promise<SeatSummary[]>; // all that are shown, those of later pages too
}

export function ExportButton({ registered, load }: ExportProps) {
  const { t } = useTranslation();
  const words = useStateWords();
  const [busy, setBusy] = useState(false);
  const head = [t('Name'), t('E-mail'), t('Extension'), t('State'), t('Phones'), 'ID'];
  const rowOf = (seat: SeatSummary) => [
    seat.name,
    seat.email,
    seat.extension,
    words[stateOf(seat, registered)],
    seat.devices,
    seat.id,
  ];
  const save = async () => {
    setBusy(true);
    try {
      saveCsv('seats.csv', csv([head, ...(await load()).map(rowOf)]));
    } catch (error) {
      toast({ tone: 'err', title: t('The list could not be read'), detail: reasonOf(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <button type="button" className="btn btn-sm" disabled={busy} onClick={() => void save()}>
      <Download aria-hidden />
      {t('Export as CSV')}
    </button>
  );
}
