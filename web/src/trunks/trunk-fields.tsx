// What can be set on a trunk.
import { useState } from 'react';
import type { Wrong } from '@/api/findings';
import type { NumberForm, TrunkDocument } from '@/api/trunks';
import { useTranslation } from '@/language/translate';
import { hintOf, NumberField, TextField } from '@/seats/text-field';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Tick } from '@/ui/tick';
import { AddressesField } from './addresses-field';

// The members whose field tells what is wrong with them; the password is saved apart.
export const TOLD_AT = [
  '/name',
  '/addresses/',
  '/channels',
  '/login/username',
  '/inbound/sources',
  '/outbound/username',
  '/password',
  '/registration',
  '/outbound/number_form',
  '/outbound/strip',
  '/outbound/prefix',
  '/outbound/priority',
  '/caller_id/number',
];

interface Props {
  trunk: TrunkDocument;
  fixed: boolean;
  wrong: Wrong;
  put: (part: Partial<TrunkDocument>) => void;
  password: string;
  setPassword: (password: string) => void;
  hasPassword: boolean;
}

const FORMS: readonly NumberForm[] = ['e164', 'e164_no_plus', 'national', 'as_dialled'];
const EXAMPLES: Record<NumberForm, string> = {
  e164: '+493012345',
  e164_no_plus: '493012345',
  national: '03012345',
  as_dialled: '',
};

// Only where there is something to be secured.
function Security({ trunk, fixed, put }: Props) {
  const { t } = useTranslation();
  const by_tls = (trunk.addresses ?? []).some(({ transport }) => transport === 'tls');
  const tls = trunk.tls ?? {};
  const media = trunk.media ?? {};
  const srtp = media.encryption?.enforce_security ?? false;
  const verify = tls.verify ?? true;
  if (!by_tls && !srtp) return null;
  return (
    <>
      {by_tls && (
        <Tick
          label={t('Its certificate has to be good for the host')}
          hint={t(
            'And signed by somebody whom this server trusts. Leave it on outside a laboratory.',
          )}
          checked={verify}
          disabled={fixed}
          onChange={(checked) => put({ tls: { ...tls, verify: checked } })}
        />
      )}
      {by_tls && !verify && (
        <Hint tone="err">
          {t('Whoever answers at this address is taken for the carrier, and hears the calls.')}
        </Hint>
      )}
      {by_tls && verify && (
        <Tick
          label={t('A certificate for *.example.net will do')}
          checked={tls.wildcards ?? false}
          disabled={fixed}
          onChange={(wildcards) => put({ tls: { ...tls, wildcards } })}
        />
      )}
      <Tick
        label={t('Calls to it only with encrypted media (SRTP)')}
        checked={srtp}
        disabled={fixed}
        onChange={(enforce_security) =>
          put({ media: { ...media, encryption: { ...media.encryption, enforce_security } } })
        }
      />
    </>
  );
}

const sourcesIn = (text: string) => text.split(/[\s,;]+/).filter(Boolean);

function Inbound({ trunk, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const inbound = trunk.inbound ?? {};
  const set = (part: typeof inbound) => put({ inbound: { ...inbound, ...part } });
  const sources = (inbound.sources ?? []).join(' ');
  const [typed, setTyped] = useState(sources);
  const text = sourcesIn(typed).join(' ') === sources ? typed : sources; // another after Undo
  return (
    <>
      <h3 className="font-semibold">{t('Calls from it')}</h3>
      <TextField
        label={t('It logs in here as')}
        max={64}
        disabled={fixed}
        wrong={wrong('/login/username')}
        value={trunk.login?.username}
        hint={
          <Hint>
            {t('For a carrier or PBX that registers at us. Saving a new name makes its password.')}
          </Hint>
        }
        onChange={(username) => put({ login: { ...trunk.login, username } })}
      />
      <Tick
        label={t('It may call from its addresses')}
        checked={inbound.from_addresses ?? !trunk.login?.username}
        disabled={fixed}
        onChange={(from_addresses) => set({ from_addresses })}
      />
      <TextField
        label={t('And from these')}
        max={2000}
        disabled={fixed}
        wrong={wrong('/inbound/sources')}
        value={text}
        hint={<Hint>{t('IP addresses or networks, 192.0.2.0/24, with blanks between them.')}</Hint>}
        onChange={(next) => {
          setTyped(next);
          set({ sources: sourcesIn(next) });
        }}
      />
    </>
  );
}

function Outbound(props: Props) {
  const { trunk, fixed, wrong, put, password, setPassword, hasPassword } = props;
  const { t } = useTranslation();
  const outbound = trunk.outbound ?? {};
  const set = (part: typeof outbound) => put({ outbound: { ...outbound, ...part } });
  const forms: Record<NumberForm, string> = {
    e164: t('International, with plus'),
    e164_no_plus: t('International, without plus'),
    national: t('As in the country'),
    as_dialled: t('As dialled'),
  };
  return (
    <>
      <h3 className="font-semibold">{t('Calls to it')}</h3>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('Username at the carrier')}
          max={128}
          disabled={fixed}
          wrong={wrong('/outbound/username')}
          value={outbound.username}
          onChange={(username) => set({ username })}
        />
        <Labelled
          label={t('Password at the carrier')}
          {...hintOf(
            wrong('/password'),
            <Hint>{hasPassword ? t('There is one. Type to replace it.') : t('None yet.')}</Hint>,
          )}
        >
          {(ids) => (
            <input
              {...ids}
              type="password"
              autoComplete="new-password"
              maxLength={128}
              disabled={fixed}
              value={password}
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Labelled>
      </div>
      <Tick
        label={t('Register there')}
        hint={t('Carriers that give you a username mostly want it.')}
        wrong={wrong('/registration')}
        checked={trunk.registration?.enabled ?? false}
        disabled={fixed}
        onChange={(enabled) => put({ registration: { ...trunk.registration, enabled } })}
      />
      <Labelled
        label={t('Numbers as it wants them')}
        {...hintOf(wrong('/outbound/number_form'), null)}
      >
        {(ids) => (
          <select
            {...ids}
            disabled={fixed}
            value={outbound.number_form ?? 'e164'}
            onChange={({ target }) => set({ number_form: target.value as NumberForm })}
          >
            {FORMS.map((form) => (
              <option key={form} value={form}>
                {[forms[form], EXAMPLES[form]].filter(Boolean).join(': ')}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <div className="grid grid-cols-3 gap-3">
        <TextField
          label={t('Take away in front')}
          max={16}
          disabled={fixed}
          wrong={wrong('/outbound/strip')}
          value={outbound.strip}
          onChange={(strip) => set({ strip })}
        />
        <TextField
          label={t('Put in front')}
          max={16}
          disabled={fixed}
          wrong={wrong('/outbound/prefix')}
          value={outbound.prefix}
          onChange={(prefix) => set({ prefix })}
        />
        <NumberField
          label={t('Priority')}
          min={0}
          max={65535}
          disabled={fixed}
          wrong={wrong('/outbound/priority')}
          value={'priority' in outbound ? outbound.priority : 0}
          onChange={(priority) => set({ priority })}
        />
      </div>
    </>
  );
}

function CallerId({ trunk, fixed, wrong, put }: Props) {
  const { t } = useTranslation();
  const shown = trunk.caller_id ?? {};
  const set = (part: typeof shown) => put({ caller_id: { ...shown, ...part } });
  return (
    <>
      <TextField
        label={t('Number that is shown')}
        type="tel"
        max={35}
        disabled={fixed}
        wrong={wrong('/caller_id/number')}
        value={shown.number}
        hint={<Hint>{t('For seats without an outgoing number of their own.')}</Hint>}
        onChange={(number) => set({ number })}
      />
      <Tick
        label={t('Always this number')}
        checked={shown.always ?? false}
        disabled={fixed}
        onChange={(always) => set({ always })}
      />
    </>
  );
}

export function TrunkFields(props: Props) {
  const { trunk, fixed, wrong, put } = props;
  const { t } = useTranslation();
  return (
    <>
      <TextField
        label={t('Name')}
        max={128}
        required
        disabled={fixed}
        wrong={wrong('/name')}
        value={trunk.name}
        onChange={(name) => put({ name })}
      />
      <AddressesField
        addresses={trunk.addresses ?? []}
        fixed={fixed}
        wrong={wrong}
        onChange={(addresses) => put({ addresses })}
      />
      <Security {...props} />
      <NumberField
        label={t('Calls at once')}
        min={1}
        max={10000}
        disabled={fixed}
        wrong={wrong('/channels')}
        value={trunk.channels}
        onChange={(channels) => put({ channels })}
      />
      <Inbound {...props} />
      <Outbound {...props} />
      <CallerId {...props} />
      <Tick
        label={t('Enabled')}
        hint={t('Otherwise no call comes or goes by it. Nothing is deleted.')}
        checked={trunk.enabled ?? true}
        disabled={fixed}
        onChange={(enabled) => put({ enabled })}
      />
    </>
  );
}
