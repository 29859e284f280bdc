// “What happens if someone calls this number then?”: the server's interpreter answers.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { mediaQuery } from '@/api/queries';
import { path, reasonOf, request } from '@/api/request';
import type { Simulation, SimulationRequest } from '@/api/types';
import { shownNumber } from '@/callflow/numbers';
import { PathSteps } from '@/calls/call-path';
import { noteWords } from '@/calls/notes';
import { Editor, useLoadedContext } from '@/editor/context';
import { Ladder } from '@/ladder/ladder';
import { Legs } from '@/ladder/legs';
import { useTranslation } from '@/language/translate';
import { FinalMessage } from '@/simulate/final-message';
import { QuestionForm } from '@/simulate/question-form';
import { Hint } from '@/ui/hint';
import { SidePanel } from '@/ui/side-panel';

interface Props {
  account: string;
  number: string;
  close: () => void;
}

interface Told {
  asked: SimulationRequest;
  simulation: Simulation;
}

function Outcome({ asked, simulation }: Told) {
  const { t } = useTranslation();
  const { final, callflow, callflow_name } = simulation;
  const seconds = (simulation.duration_ms ?? 0) / 1000;
  return (
    <section className="border-line border-t p-5" aria-live="polite">
      <p className="t-title">
        {final.code} {final.phrase}
      </p>
      <p className="mt-1 text-ink2">
        {callflow ? (
          <>
            {t('{{number}} is answered by', { number: shownNumber(asked.to) })}{' '}
            <Link
              to="/callflows/$id"
              params={{ id: callflow }}
              className="font-medium text-accent-ink hover:underline"
            >
              {callflow_name || callflow}
            </Link>
            {`, ${seconds.toFixed(1)} s`}
          </>
        ) : (
          t('No callflow answers this number.')
        )}
      </p>
      {simulation.notes?.map((note) => (
        <Hint key={note}>{noteWords(note)}</Hint>
      ))}
    </section>
  );
}

function Answer({ told }: { told: Told }) {
  const { t } = useTranslation();
  const { simulation } = told;
  return (
    <>
      <Outcome {...told} />
      {simulation.path.length > 0 && (
        <section className="border-line border-t p-5">
          <h3 className="t-strong mb-3">{t('Path')}</h3>
          <PathSteps path={simulation.path} />
        </section>
      )}
      <section className="border-line border-t p-5">
        <h3 className="t-strong mb-2">{t('SIP messages')}</h3>
        <Ladder source={simulation} />
        <Legs legs={simulation.legs} />
      </section>
      <FinalMessage final={simulation.final} />
    </>
  );
}

export default function WhatIfPanel({ account, number, close }: Props) {
  const { t } = useTranslation();
  const context = useLoadedContext(account);
  const { data: media = [] } = useQuery(mediaQuery(account));
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<Told | null>(null);
  const [problem, setProblem] = useState('');
  const ask = async (asked: SimulationRequest) => {
    setBusy(true);
    setProblem('');
    try {
      const to = path`/accounts/${account}/simulate`;
      const { value } = await request<Simulation>(to, { method: 'POST', body: asked });
      setTold({ asked, simulation: value });
    } catch (error) {
      setTold(null);
      setProblem(reasonOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Editor.Provider value={context}>
      <SidePanel title={t('What happens if someone calls')} onClose={close}>
        <QuestionForm
          numbers={number ? [number] : []}
          media={media}
          busy={busy}
          again={told !== null}
          onAsk={(asked) => void ask(asked)}
        />
        <div className="px-5" aria-live="polite">
          {problem && <Hint tone="err">{problem}</Hint>}
        </div>
        {told && <Answer told={told} />}
      </SidePanel>
    </Editor.Provider>
  );
}
