// "What happens if somebody calls": the server's own interpreter walks the drawn flow.
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { path, reasonOf, request } from '@/api/request';
import type { Simulation, SimulationRequest } from '@/api/types';
import { useEditorContext } from '@/editor/context';
import { useEditor } from '@/editor/store';
import { useView } from '@/editor/view-store';
import { Ladder } from '@/ladder/ladder';
import { Legs } from '@/ladder/legs';
import { useTranslation } from '@/language/translate';
import { toast } from '@/ui/toasts';
import { FinalMessage } from './final-message';
import { QuestionForm } from './question-form';
import { Steps } from './steps';

function Result({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation();
  const document = useEditor((state) => state.document);
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
        <Ladder source={simulation} />
        <Legs legs={simulation.legs} />
      </section>
      <FinalMessage final={simulation.final} />
    </>
  );
}

export default function SimulatePanel() {
  const { t } = useTranslation();
  const { account, names } = useEditorContext();
  const document = useEditor((state) => state.document);
  const { simulation, set } = useView();
  const [busy, setBusy] = useState(false);
  useEffect(() => () => set({ simulation: null }), [set]);
  const run = async (asked: SimulationRequest) => {
    setBusy(true);
    try {
      const body = { ...asked, document };
      const to = path`/accounts/${account}/simulate`;
      const { value } = await request<Simulation>(to, { method: 'POST', body });
      set({ simulation: value });
      useView.getState().announce(`${value.final.code} ${value.final.phrase}`);
    } catch (error) {
      toast({ tone: 'err', title: reasonOf(error) });
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
        <QuestionForm
          numbers={document.numbers ?? []}
          media={[...names.media.values()]}
          busy={busy}
          again={simulation !== null}
          onAsk={run}
        />
        {simulation && <Result simulation={simulation} />}
      </div>
    </aside>
  );
}
