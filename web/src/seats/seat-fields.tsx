// What can be set on a seat.
import { useId } from 'react';
import type { Wrong } from '@/api/findings';
import type { SeatDocument } from '@/api/office';
import { useTranslation } from '@/language/translate';
import { useNumberClasses } from '@/settings/settings';
import { Hint } from '@/ui/hint';
import { WrongLine } from '@/ui/problem-line';
import { Tick } from '@/ui/tick';
import { DoNotDisturb, Forward, forwardToldAt } from './call-preferences';
import { ExtensionField } from './extension-field';
import { NumberField, TextField } from './text-field';

// The members whose field tells what is wrong with them.
export function toldAt(seat: SeatDocument): string[] {
  return [
    '/first_name',
    '/last_name',
    '/email',
    '/extension',
    '/ring_timeout_s',
    '/caller_id/external',
    '/outbound',
    ...forwardToldAt(seat),
  ];
}

interface Props {
  account: string;
  seat: SeatDocument;
  fixed: boolean;
  wrong: Wrong;
  put: (part: Partial<SeatDocument>) => void;
}

function CallerId({ seat, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const id = seat.caller_id ?? {};
  const set = (part: { name?: string; number?: string }) =>
    put({ caller_id: { ...id, external: { ...id.external, ...part } } });
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField
        label={t('Outgoing name')}
        max={35}
        disabled={fixed}
        wrong={wrong('/caller_id/external/name')}
        value={id.external?.name}
        onChange={(name) => set({ name })}
      />
      <TextField
        label={t('Outgoing number')}
        type="tel"
        max={35}
        disabled={fixed}
        wrong={wrong('/caller_id/external/number')}
        value={id.external?.number}
        onChange={(number) => set({ number })}
      />
    </div>
  );
}

// Those of the account's table, with the usual ones when it has none.
function Outside({ account, seat, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const classes = useNumberClasses(account);
  const may = seat.outbound ?? [];
  const all = [...classes, ...may.filter((one) => !classes.includes(one))];
  return (
    <fieldset aria-describedby={id} data-bad={wrong('/outbound') !== undefined}>
      <legend className="mb-1.5 font-medium">{t('May call outside')}</legend>
      <div className="grid grid-cols-2 gap-2">
        {all.map((one) => (
          <Tick
            key={one}
            label={t(one)}
            checked={may.includes(one)}
            disabled={fixed}
            onChange={(on) =>
              put({ outbound: on ? [...may, one] : may.filter((other) => other !== one) })
            }
          />
        ))}
      </div>
      <Hint>{t('Nothing at first. Emergency numbers always.')}</Hint>
      <WrongLine id={id} wrong={wrong('/outbound')} />
    </fieldset>
  );
}

export function SeatFields(props: Props) {
  const { account, seat, fixed, wrong, put } = props;
  const { t } = useTranslation();
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('First name')}
          max={128}
          disabled={fixed}
          wrong={wrong('/first_name')}
          value={seat.first_name}
          onChange={(first_name) => put({ first_name })}
        />
        <TextField
          label={t('Last name')}
          max={128}
          disabled={fixed}
          wrong={wrong('/last_name')}
          value={seat.last_name}
          onChange={(last_name) => put({ last_name })}
        />
      </div>
      <TextField
        label={t('E-mail')}
        type="email"
        max={254}
        disabled={fixed}
        wrong={wrong('/email')}
        value={seat.email}
        onChange={(email) => put({ email })}
      />
      <div className="grid grid-cols-[3fr_2fr] gap-3">
        <ExtensionField
          account={account}
          wrong={wrong('/extension')}
          value={seat.extension ?? ''}
          disabled={fixed}
          onChange={(extension) => put({ extension })}
        />
        <NumberField
          label={t('Rings for')}
          unit="s"
          min={1}
          max={300}
          disabled={fixed}
          wrong={wrong('/ring_timeout_s')}
          value={'ring_timeout_s' in seat ? seat.ring_timeout_s : 20}
          onChange={(ring_timeout_s) => put({ ring_timeout_s } as Partial<SeatDocument>)}
        />
      </div>
      <CallerId {...props} />
      <Outside {...props} />
      <DoNotDisturb
        hint={t('Its phones don’t ring; callers take the Busy branch.')}
        preferences={seat}
        fixed={fixed}
        put={put}
      />
      <Forward preferences={seat} fixed={fixed} wrong={wrong('/call_forward')} put={put} />
      <Tick
        label={t('Enabled')}
        hint={t('Otherwise it neither rings nor calls. Nothing is deleted.')}
        checked={seat.enabled ?? true}
        disabled={fixed}
        onChange={(enabled) => put({ enabled })}
      />
    </>
  );
}
