// Settings of the account.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Answer, ApiProblem, path, request } from '@/api/request';
import type { AccountSettings } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { TimeZoneField } from '@/schedule/time-zone-field';
import { withoutSame } from '@/seats/edits';
import { NumberField, TextField } from '@/seats/text-field';
import { useAccount, useMay } from '@/session/account';
import { LookOnly } from '@/session/look-only';
import { Hint } from '@/ui/hint';
import { ProblemLine } from '@/ui/problem-line';
import { toast } from '@/ui/toasts';
import { useUnsaved } from '@/ui/unsaved';
import { useSubmit } from '@/ui/use-submit';
import { BareResponseField } from './bare-response';
import { CauseResponses } from './cause-responses';
import { NumberClassesField } from './number-classes';
import { OutboundLimitsField } from './outbound-limits';
import { settingsQuery } from './settings';
import { SettingsFrame } from './settings-frame';
import { SoundSettings } from './sound-settings';

// As in server/api/openapi.json.
const EARLY_MEDIA_S_MAX = 600;
const QUALIFY_S_MIN = 15;
const QUALIFY_S_MAX = 3600;

const KNOWN = [
  'timezone',
  'early_media_max_s',
  'qualify_s',
  'unknown_number',
  'default_response',
  'cause_responses',
  'country_code',
  'national_prefix',
  'international_prefix',
  'number_classes',
  'caller_id',
  'media',
  'outbound_limits',
] as const satisfies readonly (keyof AccountSettings)[];

function useSave(account: string, etag: string) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { queryKey } = settingsQuery(account);
  return async (settings: AccountSettings) => {
    // No more than these: what an older server kept beside them is refused now.
    const body = Object.fromEntries(KNOWN.map((name) => [name, settings[name] || undefined]));
    try {
      const to = path`/accounts/${account}/settings`;
      await request(to, { method: 'PUT', body, ifMatch: etag });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
      await cache.invalidateQueries({ queryKey });
      throw new Error(
        t('Somebody else saved meanwhile. Look at what is there now, and save again.'),
      );
    }
    await cache.invalidateQueries({ queryKey });
    toast({ tone: 'ok', title: t('The settings are saved'), detail: t('New calls use them.') });
  };
}

interface PartProps {
  account: string;
  shown: AccountSettings;
  fixed: boolean;
  put: (part: AccountSettings) => void;
}

function Heading({ children }: { children: string }) {
  return <h2 className="-mb-1 border-line border-t pt-5 t-title">{children}</h2>;
}

function CallSettings({ account, shown, fixed, put }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <TimeZoneField
        account={account}
        label={t('Time zone')}
        hint={t('Whose clock Time of Day looks at. Without it: UTC.')}
        disabled={fixed}
        value={shown.timezone ?? ''}
        onChange={(timezone) => put({ timezone })}
      />
      <NumberField
        label={t('Longest audio before a call is refused')}
        hint={<Hint>{t('In seconds. Many carriers give up after 180.')}</Hint>}
        min={1}
        max={EARLY_MEDIA_S_MAX}
        disabled={fixed}
        value={shown.early_media_max_s}
        onChange={(early_media_max_s) => put({ early_media_max_s })}
      />
      <NumberField
        label={t('Ask phones whether they are there')}
        hint={
          <Hint>{t('Every so many seconds, 15 or more. Who does not answer is not rung.')}</Hint>
        }
        min={QUALIFY_S_MIN}
        max={QUALIFY_S_MAX}
        disabled={fixed}
        value={shown.qualify_s || undefined}
        onChange={(qualify_s) => put({ qualify_s })}
      />
      <BareResponseField
        legend={t('Nobody has the number that was called')}
        usual={t('Without it callers get 404 Not Found.')}
        first={{ code: 404, message: '' }}
        disabled={fixed}
        value={shown.unknown_number}
        onChange={(unknown_number) => put({ unknown_number })}
      />
      <BareResponseField
        legend={t('A callflow ends, but not the call')}
        usual={t('Without it callers get 480 Temporarily Unavailable, or are hung up on.')}
        first={{ code: 480, message: '' }}
        disabled={fixed}
        value={shown.default_response}
        onChange={(default_response) => put({ default_response })}
      />
      <Heading>{t('Who can’t be connected')}</Heading>
      <CauseResponses
        disabled={fixed}
        value={shown.cause_responses}
        onChange={(cause_responses) => put({ cause_responses })}
      />
    </>
  );
}

function OutsideSettings({ shown, fixed, put }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t('Country code')}
          type="tel"
          max={4}
          disabled={fixed}
          value={shown.country_code}
          hint={<Hint>{t('Without the plus: 49, 1. Numbers outside are understood by it.')}</Hint>}
          onChange={(country_code) => put({ country_code })}
        />
        <TextField
          label={t('Outgoing number')}
          type="tel"
          max={35}
          disabled={fixed}
          value={shown.caller_id?.number}
          hint={<Hint>{t('Of seats that have none of their own.')}</Hint>}
          onChange={(number) => put({ caller_id: { ...shown.caller_id, number } })}
        />
      </div>
      <OutboundLimitsField
        disabled={fixed}
        value={shown.outbound_limits}
        onChange={(outbound_limits) => put({ outbound_limits })}
      />
      <NumberClassesField
        disabled={fixed}
        value={shown.number_classes}
        onChange={(number_classes) => put({ number_classes })}
      />
    </>
  );
}

function Fields({ account, saved }: { account: string; saved: Answer<AccountSettings> }) {
  const { t } = useTranslation();
  const { administer } = useMay();
  const [edits, setEdits] = useState<AccountSettings>({});
  const save = useSave(account, saved.etag);
  const shown = { ...saved.value, ...edits };
  const dirty = Object.keys(edits).length > 0;
  useUnsaved(dirty);
  const { busy, problem, submit } = useSubmit(async () => {
    await save(shown);
    setEdits((now) => withoutSame(now, shown));
  });
  const put = (one: AccountSettings) => setEdits((before) => ({ ...before, ...one }));
  const part = { account, shown, put, fixed: !administer };
  return (
    <form className="flex max-w-[560px] flex-col gap-5 p-6 max-sm:p-4" onSubmit={submit}>
      <CallSettings {...part} />
      <Heading>{t('Calls to the outside')}</Heading>
      <OutsideSettings {...part} />
      <Heading>{t('Sound')}</Heading>
      <SoundSettings
        account={account}
        disabled={!administer}
        value={shown.media}
        onChange={(media) => put({ media })}
      />
      <ProblemLine problem={problem} />
      {administer && (
        <div className="flex gap-2">
          <button type="submit" className="btn btn-primary" disabled={!dirty || busy}>
            {t('Save')}
          </button>
          <button type="button" className="btn" disabled={!dirty} onClick={() => setEdits({})}>
            {t('Undo')}
          </button>
        </div>
      )}
    </form>
  );
}

export default function SettingsPage() {
  const account = useAccount();
  const { data: saved, error } = useQuery(settingsQuery(account.id));
  return (
    <SettingsFrame note={<LookOnly need="administer" />}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {error && !saved && (
          <div className="p-6">
            <Hint tone="err">{error.message}</Hint>
          </div>
        )}
        {saved && <Fields account={account.id} saved={saved} />}
      </div>
    </SettingsFrame>
  );
}
