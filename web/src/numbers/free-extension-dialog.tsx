// The lowest extension that nobody has.
import { useState } from 'react';
import { path, request } from '@/api/request';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';
import { useSubmit } from '@/ui/use-submit';

interface Props {
  account: string;
  close: () => void;
  onFound: (extension: string) => void;
}

export default function FreeExtensionDialog({ account, close, onFound }: Props) {
  const { t } = useTranslation();
  const [from, setFrom] = useState(1000);
  const [to, setTo] = useState(9999);
  const [free, setFree] = useState('');
  const { busy, problem, submit } = useSubmit(async () => {
    setFree('');
    const address = path`/accounts/${account}/numbers/free-extension`;
    const body = { from, to };
    setFree((await request<{ number: string }>(address, { method: 'POST', body })).value.number);
  });
  const bounds = [
    { label: t('From'), value: from, set: setFrom },
    { label: t('To'), value: to, set: setTo },
  ];
  const footer = (
    <>
      <span className="flex-1" />
      <button type="button" className="btn" onClick={close}>
        {t('Close')}
      </button>
      <button
        type="button"
        className="btn btn-primary"
        disabled={!free}
        onClick={() => onFound(free)}
      >
        {t('Assign to a callflow')}
      </button>
    </>
  );
  return (
    <Modal title={t('Find a free extension')} width={440} onClose={close} footer={footer}>
      <form className="p-5" onSubmit={submit}>
        <div className="grid grid-cols-[1fr_1fr_auto] items-end gap-3">
          {bounds.map(({ label, value, set }) => (
            <Labelled key={label} label={label}>
              {(ids) => (
                <input
                  {...ids}
                  type="number"
                  required
                  min={0}
                  max={999_999}
                  value={Number.isNaN(value) ? '' : value}
                  onChange={(event) => set(event.target.valueAsNumber)}
                />
              )}
            </Labelled>
          ))}
          <button type="submit" className="btn btn-lg" disabled={busy}>
            {t('Find')}
          </button>
        </div>
        <div aria-live="polite" className="min-h-8 pt-3">
          {free && (
            <p>
              <b className="t-page tabular-nums">{free}</b> {t('is free')}
            </p>
          )}
          {problem && <Hint tone="err">{problem.message}</Hint>}
        </div>
      </form>
    </Modal>
  );
}
