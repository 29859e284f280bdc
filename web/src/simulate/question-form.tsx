// Number, caller, time, keys, and what goes wrong.
import { Play } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { Media, SimulationRequest } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { type Inputs, simulationRequest, usualInputs } from './question';

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
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

interface Props {
  numbers: readonly string[]; // offered; the first is filled in
  media: readonly Media[];
  busy: boolean;
  again: boolean;
  onAsk: (question: SimulationRequest) => void;
}

export function QuestionForm({ numbers, media, busy, again, onAsk }: Props) {
  const { t } = useTranslation();
  const [inputs, setInputs] = useState<Inputs>(() => usualInputs(numbers[0] ?? ''));
  const put = (name: keyof Inputs) => (event: { target: { value: string } }) =>
    setInputs({ ...inputs, [name]: event.target.value });
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onAsk(simulationRequest(inputs));
  };
  return (
    <form className="grid grid-cols-2 gap-3 p-5" onSubmit={submit}>
      <Field label={t('Number called')}>
        {(id) => (
          <>
            <input
              id={id}
              data-first={numbers.length === 0 || undefined}
              value={inputs.to}
              onChange={put('to')}
              list={`${id}-list`}
            />
            <datalist id={`${id}-list`}>
              {numbers.map((number) => (
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
        {(id) => <input id={id} type="datetime-local" value={inputs.when} onChange={put('when')} />}
      </Field>
      <Field label={t('Keys pressed')}>
        {(id) => (
          <input id={id} value={inputs.digits} placeholder={t('None')} onChange={put('digits')} />
        )}
      </Field>
      <Field label={t('Media that is lost')}>
        {(id) => (
          <select id={id} value={inputs.lost} onChange={put('lost')}>
            <option value="">{t('None')}</option>
            {media.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('Phones')}>
        {(id) => (
          <select id={id} value={inputs.phones} onChange={put('phones')}>
            <option value="answer">{t('Answer')}</option>
            <option value="busy">{t('Are busy')}</option>
            <option value="no_answer">{t('Do not answer')}</option>
            <option value="offline">{t('Are offline')}</option>
          </select>
        )}
      </Field>
      <button type="submit" className="btn btn-primary col-span-2" disabled={busy}>
        <Play aria-hidden />
        {again ? t('Run again') : t('Run')}
      </button>
    </form>
  );
}
