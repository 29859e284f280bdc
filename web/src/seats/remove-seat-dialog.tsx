// Delete a seat, saying what becomes of its phones, its callflow and what rings it.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { devicesQuery, type Seat } from '@/api/office';
import { ApiProblem, path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { FormModal } from '@/ui/form-modal';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { ProblemLine } from '@/ui/problem-line';
import { Tick } from '@/ui/tick';
import { toast } from '@/ui/toasts';
import { useSubmit } from '@/ui/use-submit';
import { SeatOptions } from './seat-options';

interface Props {
  account: string;
  seat: Seat;
  name: string;
  onClose: () => void;
  onRemoved: () => void;
}

interface InsteadProps {
  account: string;
  seat: string;
  value: string;
  onChange: (id: string) => void;
}

function Instead({ account, seat, value, onChange }: InsteadProps) {
  const { t } = useTranslation();
  const hint = t('Something else rings this seat. It rings the other one then.');
  return (
    <Labelled label={t('Rung instead')} hint={<Hint>{hint}</Hint>}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('Nobody: those blocks become errors')}</option>
          <SeatOptions account={account} except={seat} />
        </select>
      )}
    </Labelled>
  );
}

export default function RemoveSeatDialog({ account, seat, name, onClose, onRemoved }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: devices = [] } = useQuery(devicesQuery(account));
  const [phones, setPhones] = useState(true);
  const [callflow, setCallflow] = useState(true);
  const [asked, setAsked] = useState(false);
  const [instead, setInstead] = useState('');
  const fate = (gone: boolean) => (gone ? 'delete' : 'keep');
  const form = useSubmit(async () => {
    const query = {
      devices: fate(phones),
      callflow: fate(callflow),
      ...(asked ? (instead ? { replace_with: instead } : { force: true }) : {}),
    };
    try {
      const to = path`/accounts/${account}/seats/${seat.id}`;
      await request(to, { method: 'DELETE', ifMatch: '*', query });
    } catch (error) {
      if (error instanceof ApiProblem && error.problem.used_by?.length) setAsked(true);
      throw error;
    }
    onRemoved();
    toast({ tone: 'ok', title: t('{{name}} is deleted', { name }) });
    await cache.invalidateQueries({ queryKey: [account] });
  });
  return (
    <FormModal
      title={t('Delete {{name}}?', { name })}
      help={t('This can’t be undone.')}
      deed={t('Delete')}
      danger
      form={form}
      onClose={onClose}
    >
      {devices.some((one) => one.owner_id === seat.id) && (
        <Tick
          label={t('Its phones, too')}
          hint={t('Otherwise they belong to nobody, and still register.')}
          checked={phones}
          onChange={setPhones}
        />
      )}
      {seat.callflow && (
        <Tick
          label={t('Its callflow, too')}
          hint={t('Otherwise its extension stays, and the first block rings nobody.')}
          checked={callflow}
          onChange={setCallflow}
        />
      )}
      {asked && <Instead account={account} seat={seat.id} value={instead} onChange={setInstead} />}
      <ProblemLine problem={form.problem} />
    </FormModal>
  );
}
