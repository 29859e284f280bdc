// Where a carrier is reached: one line each.
import { Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import type { Wrong } from '@/api/findings';
import { changeRow, rowPointer } from '@/api/rows';
import type { TrunkAddress, TrunkTransport } from '@/api/trunks';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { WrongLine } from '@/ui/problem-line';
import { keepFocusInList } from '@/ui/row-focus';

interface Props {
  addresses: TrunkAddress[];
  fixed: boolean;
  wrong: Wrong;
  onChange: (addresses: TrunkAddress[]) => void;
}

const ADDRESSES_MAX = 16; // as in server/api/openapi.json

interface RowProps {
  address: TrunkAddress;
  number: number; // from 1
  fixed: boolean;
  wrong: Wrong; // below the address
  put: (part: Partial<TrunkAddress>) => void;
  remove: () => void;
}

function AddressRow({ address, number, fixed, wrong, put, remove }: RowProps) {
  const { t } = useTranslation();
  const told = useId();
  const field = (member: 'host' | 'port' | 'transport', look: string) => ({
    className: `field ${look}`,
    'data-bad': wrong(`/${member}`) !== undefined,
  });
  const input = (member: 'host' | 'port' | 'transport') => ({
    'aria-describedby': told,
    'aria-invalid': wrong(`/${member}`) !== undefined,
    disabled: fixed,
  });
  return (
    <li data-bad={wrong('') !== undefined}>
      <div className="flex gap-2 max-sm:flex-wrap">
        <div {...field('host', 'min-w-0 flex-1 max-sm:basis-full')}>
          <input
            {...input('host')}
            aria-label={t('Host {{number}}', { number })}
            value={address.host}
            maxLength={253}
            placeholder="sip.example.net"
            onChange={({ target }) => put({ host: target.value.trim() })}
          />
        </div>
        <div {...field('port', 'w-20')}>
          <input
            {...input('port')}
            type="number"
            min={1}
            max={65535}
            aria-label={t('Port {{number}}', { number })}
            value={address.port ?? ''}
            placeholder={address.transport === 'tls' ? '5061' : '5060'}
            onChange={({ target: { valueAsNumber } }) =>
              put({ port: Number.isNaN(valueAsNumber) ? undefined : valueAsNumber })
            }
          />
        </div>
        <div {...field('transport', 'w-20')}>
          <select
            {...input('transport')}
            aria-label={t('Transport {{number}}', { number })}
            value={address.transport ?? 'udp'}
            onChange={({ target }) => put({ transport: target.value as TrunkTransport })}
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
            aria-label={t('Remove address {{number}}', { number })}
            onClick={(event) => {
              keepFocusInList(event);
              remove();
            }}
          >
            <Trash2 aria-hidden />
          </button>
        )}
      </div>
      <WrongLine id={told} wrong={wrong('')} />
    </li>
  );
}

export function AddressesField({ addresses, fixed, wrong, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{t('Addresses')}</legend>
      <ul className="flex flex-col gap-2">
        {addresses.map((one, index) => (
          <AddressRow
            key={index}
            address={one}
            number={index + 1}
            fixed={fixed}
            wrong={(below) => wrong(rowPointer('/addresses', one) + below)}
            put={(part) => onChange(changeRow(addresses, index, part))}
            remove={() => onChange(addresses.filter((_, at) => at !== index))}
          />
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
