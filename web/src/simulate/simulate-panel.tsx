// "What happens if somebody calls": the server's own interpreter walks the drawn flow.
import { Copy, Play, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { path, request } from '@/api/request';
import type { Simulation, SimulationRequest } from '@/api/types';
import { Ladder } from '@/calls/ladder';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { toast } from '@/ui/toasts';
import { Steps } from './steps';

const FIRST_DIGIT_MS = 2000;
const DIGIT_GAP_MS = 1000;

interface Inputs {
  to: string;
  from: string;
  when: string;
  digits: string;
  lost: string;
}

function localTime(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function simulationRequest(inputs: Inputs): SimulationRequest {
  const digits = [...inputs.digits.replace(/[^0-9*#A-D]/g, '')];
  const at = new Date(inputs.when).getTime();
  return {
    to: inputs.to || '1000',
    from: inputs.from,
    ...(Number.isNaN(at) ? {} : { at_ms: at }),
    digits: digits.map((digit, index) => ({ digit, at_ms: FIRST_DIGIT_MS + index * DIGIT_GAP_MS })),
    missing_media: inputs.lost ? [inputs.lost] : [],
  };
}

function Field({ label, children }: { label: string; children: (id: string) => React.ReactNode }) {
  const id = useId();
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block t-small text-ink2">
        {label}
      </label>
      <div className="field field-sm">{children(id)}</div>
    </div>
  );
}

function Result({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation();
  const document = useEditor((state) => state.document);
  const { final } = simulation;
  const seconds = (simulation.duration_ms ?? 0) / 1000;
  return (
    <>
      <section className="border-line border-t p-5">
        <h3 className="t-strong mb-2">
          {t('Steps')}{' '}
          <span className="font-normal text-ink3">
            {t('{{count}} blocks', { count: simulation.path.length })}, {seconds.toFixed(1)} s
          </span>
        </h3>
        <Steps path={simulation.path} document={document} />
      </section>
      <section className="border-line border-t p-5">
        <h3 className="t-strong mb-2">{t('SIP messages')}</h3>
        <Ladder ladder={simulation.ladder} media={simulation.media} />
      </section>
      <section className="border-line border-t p-5" data-final>
        <div className="mb-2 flex">
          <h3 className="t-strong flex-1">{t('Final message to the caller')}</h3>
          <button
            type="button"
            className="btn btn-link"
            onClick={() => navigator.clipboard?.writeText(final.message)}
          >
            <Copy aria-hidden className="!h-3.5 !w-3.5" />
            {t('Copy')}
          </button>
        </div>
        <pre
          className="overflow-x-auto rounded-card border border-line py-2 t-code text-ink2"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolls sideways by keyboard
          tabIndex={0}
        >
          {final.message.split(/\r?\n/).map((line, index) => (
            <div
              key={`${index}-${line}`}
              className={`px-3 ${index ? '' : 'bg-accent-tint text-ink'}`}
            >
              {line}
            </div>
          ))}
        </pre>
      </section>
    </>
  );
}

export default function SimulatePanel() {
  const { t } = useTranslation();
  const { account, names } = useEditorContext();
  const document = useEditor((state) => state.document);
  const { simulation, set } = useView();
  const [busy, setBusy] = useState(false);
  const [inputs, setInputs] = useState<Inputs>({
    to: document.numbers?.[0] ?? '',
    from: '+14155550188',
    when: localTime(new Date()),
    digits: '',
    lost: '',
  });
  const put = (name: keyof Inputs) => (event: { target: { value: string } }) =>
    setInputs({ ...inputs, [name]: event.target.value });
  useEffect(() => () => set({ simulation: null }), [set]);
  const run = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const body = { ...simulationRequest(inputs), document };
      const to = path`/accounts/${account}/simulate`;
      const { value } = await request<Simulation>(to, { method: 'POST', body });
      set({ simulation: value });
      useView.getState().announce(`${value.final.code} ${value.final.phrase}`);
    } catch (error) {
      toast({ tone: 'err', title: error instanceof Error ? error.message : String(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <aside
      className="flex w-[452px] flex-none flex-col border-line border-l bg-panel max-lg:fixed
        max-lg:inset-0 max-lg:z-40 max-lg:w-full"
      aria-label={t('Simulate a call')}
    >
      <div className="panel-head border-line border-b">
        <h2 className="t-title flex-1">{t('Simulate a call')}</h2>
        <button
          type="button"
          className="btn btn-ghost btn-icon btn-sm"
          aria-label={t('Close')}
          onClick={() => set({ panel: 'none', simulation: null })}
        >
          <X aria-hidden />
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <form className="grid grid-cols-2 gap-3 p-5" onSubmit={run}>
          <Field label={t('Number called')}>
            {(id) => (
              <>
                <input id={id} value={inputs.to} onChange={put('to')} list={`${id}-list`} />
                <datalist id={`${id}-list`}>
                  {(document.numbers ?? []).map((number) => (
                    <option key={number} value={number} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
          <Field label={t('Caller')}>
            {(id) => <input id={id} value={inputs.from} onChange={put('from')} />}
          </Field>
          <Field label={t('When')}>
            {(id) => (
              <input id={id} type="datetime-local" value={inputs.when} onChange={put('when')} />
            )}
          </Field>
          <Field label={t('Keys pressed')}>
            {(id) => (
              <input
                id={id}
                value={inputs.digits}
                placeholder={t('None')}
                onChange={put('digits')}
              />
            )}
          </Field>
          <Field label={t('Media that is lost')}>
            {(id) => (
              <select id={id} value={inputs.lost} onChange={put('lost')}>
                <option value="">{t('None')}</option>
                {[...names.media.values()].map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <button type="submit" className="btn btn-primary self-end" disabled={busy}>
            <Play aria-hidden />
            {simulation ? t('Run again') : t('Run')}
          </button>
        </form>
        {simulation && <Result simulation={simulation} />}
      </div>
    </aside>
  );
}
