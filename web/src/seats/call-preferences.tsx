// What a seat and a phone want of the calls to them: to be left alone, to be forwarded.
import type { ReactNode } from 'react';
import type { CallPreferences, ChangedByCall } from '@/api/office';
import { useTranslation } from '@/language/translate';
import { Tick } from '@/ui/tick';
import { TextField } from './text-field';

interface Props {
  preferences: CallPreferences;
  fixed: boolean;
  put: (part: CallPreferences) => void;
}

// A feature code did it last.
function useByCall() {
  const { t, language } = useTranslation();
  return (setting: { changed_by_call?: ChangedByCall } | undefined) => {
    const change = setting?.changed_by_call;
    if (!change) return undefined;
    const when = new Date(change.at_ms).toLocaleString(language);
    return t('Changed by a call from {{from}}, {{when}}', { from: change.from, when });
  };
}

// Who changes it by hand takes the mark of the call away.
function withoutMark<Setting extends { changed_by_call?: ChangedByCall }>(setting: Setting) {
  const { changed_by_call: _, ...rest } = setting;
  return rest;
}

// The number is asked for where calls are forwarded.
export function forwardToldAt({ call_forward }: CallPreferences): string[] {
  return call_forward?.enabled ? ['/call_forward'] : [];
}

function forwardOf({ preferences, put }: Props) {
  const forward = preferences.call_forward ?? {};
  const set = (part: typeof forward) => put({ call_forward: { ...withoutMark(forward), ...part } });
  return { forward, set };
}

export function DoNotDisturb({ preferences, fixed, put, hint }: Props & { hint: string }) {
  const { t } = useTranslation();
  const byCall = useByCall();
  const setting = preferences.do_not_disturb ?? {};
  return (
    <Tick
      label={t('Do not disturb')}
      hint={byCall(setting) ?? hint}
      checked={setting.enabled ?? false}
      disabled={fixed}
      onChange={(enabled) => put({ do_not_disturb: { ...withoutMark(setting), enabled } })}
    />
  );
}

interface NumberProps extends Props {
  label: string;
  hint?: ReactNode;
  wrong?: string | undefined;
}

// Where the calls go, and whether a person has to say so there.
export function ForwardNumber(props: NumberProps) {
  const { fixed, label, hint, wrong } = props;
  const { t } = useTranslation();
  const { forward, set } = forwardOf(props);
  return (
    <>
      <TextField
        label={label}
        hint={hint}
        wrong={wrong}
        type="tel"
        max={35}
        disabled={fixed}
        value={forward.number}
        onChange={(number) => set({ number })}
      />
      <Tick
        label={t('Who answers there has to press 1')}
        checked={forward.require_keypress ?? true}
        disabled={fixed}
        onChange={(require_keypress) => set({ require_keypress })}
      />
    </>
  );
}

export function Forward(props: Props & { wrong?: string | undefined }) {
  const { fixed } = props;
  const { t } = useTranslation();
  const byCall = useByCall();
  const { forward, set } = forwardOf(props);
  return (
    <>
      <Tick
        label={t('Call forwarding')}
        hint={byCall(forward) ?? t('Calls go to another number.')}
        checked={forward.enabled ?? false}
        disabled={fixed}
        onChange={(enabled) => set({ enabled })}
      />
      {forward.enabled && (
        <div className="flex flex-col gap-4 border-line border-l-2 pl-4">
          <ForwardNumber {...props} label={t('Forward to')} />
          <Tick
            label={t('Instead of ringing here')}
            hint={t('Otherwise both ring.')}
            checked={forward.substitute ?? true}
            disabled={fixed}
            onChange={(substitute) => set({ substitute })}
          />
        </div>
      )}
    </>
  );
}
