// Where a carrier is reached: one line each.
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TrunkAddress, TrunkTransport } from '@/api/trunks';
import { Hint } from '@/ui/hint';

interface Props {
  addresses: TrunkAddress[];
  fixed: boolean;
  onChange: (addresses: TrunkAddress[]) => void;
}

const ADDRESSES_MAX = 16; // as in server/api/openapi.json

export function AddressesField({ addresses, fixed, onChange }: Props) {
  const { t } = useTranslation();
  const put = (index: number, part: Partial<TrunkAddress>) =>
    onChange(addresses.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">{t('Addresses')}</legend>
      <ul className="flex flex-col gap-2">
        {addresses.map((one, index) => (
          <li key={index} className="flex gap-2">
            <div className="field flex-1">
              <input
                aria-label={t('Host {{number}}', { number: index + 1 })}
                value={one.host}
                maxLength={253}
                placeholder="sip.example.net"
                disabled={fixed}
                onChange={({ target }) => put(index, { host: target.value.trim() })}
              />
            </div>
            <div className="field w-24">
              <input
                type="number"
                min={1}
                max={65535}
                aria-label={t('Port {{number}}', { number: index + 1 })}
                value={one.port ?? ''}
                placeholder={one.transport === 'tls' ? '5061' : '5060'}
                disabled={fixed}
                onChange={({ target: { valueAsNumber } }) =>
                  put(index, { port: Number.isNaN(valueAsNumber) ? undefined : valueAsNumber })
                }
              />
            </div>
            <div className="field w-24">
              <select
                aria-label={t('Transport {{number}}', { number: index + 1 })}
                value={one.transport ?? 'udp'}
                disabled={fixed}
                onChange={({ target }) => put(index, { transport: target.value as TrunkTransport })}
              >
                <option value="udp">UDP</option>
                <option value="tcp">TCP</option>
                <option value="tls">TLS</option>
              </select>
            </div>
            {!fixed && (
              <button
                type="button"
                className="btn btn-lg"
                aria-label={t('Remove address {{number}}', { number: index + 1 })}
                onClick={() => onChange(addresses.filter((_, at) => at !== index))}
              >
                <Trash2 aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {!fixed && addresses.length < ADDRESSES_MAX && (
        <button
          type="button"
          className="btn mt-2"
          onClick={() => onChange([...addresses, { host: '' }])}
        >
          <Plus aria-hidden />
          {t('Add an address')}
        </button>
      )}
      <Hint>{t('Tried in this order. Without a port, the SRV records of a name count.')}</Hint>
    </fieldset>
  );
}
