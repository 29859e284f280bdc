// One field of a block's form, made from its parameter's description in action.json.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';
import { callflowsQuery } from '@/api/queries';
import type { Action, Param } from '@/api/types';
import { valueWord } from '@/callflow/value-words';
import { useEditorContext } from '@/editor/context';
import { useView } from '@/editor/view-store';
import { useTranslation } from '@/language/translate';
import { MediaField } from '@/response/media-field';
import { Hint } from '@/ui/hint';
import { OfficeField } from './office-field';
import { paramProblem, readParam, shownParam } from './params';
import { RingMembersField } from './ring-members-field';
import { RulesField } from './rules-field';
import { TrunksField } from './trunks-field';

interface Props {
  action: Action;
  name: string;
  param: Param;
  value: unknown;
  beside?: Readonly<Record<string, unknown>>; // the other fields of the block
  onChange: (value: unknown) => void;
}

function Labelled({
  id,
  param,
  name,
  children,
  problem,
}: {
  id: string;
  param: Param;
  name: string;
  children: React.ReactNode;
  problem: string | null;
}) {
  const { t } = useTranslation();
  return (
    <div>
      <div className="mb-1.5 flex items-baseline">
        <label htmlFor={id} className="font-medium">
          {t(param.label ?? name)}
        </label>
        {param.optional && <span className="ml-auto t-small text-ink3">{t('Optional')}</span>}
      </div>
      {children}
      {problem ? (
        <Hint tone="err">{t(problem)}</Hint>
      ) : (
        param.description && <Hint>{t(param.description)}</Hint>
      )}
    </div>
  );
}

function CallflowField({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string;
  onChange: (v: unknown) => void;
}) {
  const { t } = useTranslation();
  const { account } = useEditorContext();
  const { data } = useQuery(callflowsQuery(account));
  const known = data?.some((one) => one.id === value);
  const close = () => useView.getState().set({ pop: null });
  return (
    <div className="flex gap-2">
      <div className="field">
        <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
          <option value="">{t('Choose a callflow')}</option>
          {value && !known && <option value={value}>{value}</option>}
          {(data ?? []).map((one) => (
            <option key={one.id} value={one.id}>
              {one.name || one.id}
            </option>
          ))}
        </select>
      </div>
      {known && (
        <Link to="/callflows/$id" params={{ id: value }} className="btn btn-lg" onClick={close}>
          {t('Open')}
        </Link>
      )}
    </div>
  );
}

export function ParamField({ action, name, param, value, beside, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState(() => shownParam(param, value));
  const problem = paramProblem(param, value);
  const type = (next: string) => {
    setText(next);
    onChange(readParam(param, next));
  };
  if (param.type === 'ref' && param.to === 'media') {
    const media = typeof value === 'string' ? value : '';
    return (
      <MediaField
        label={t(param.label ?? name)}
        value={media}
        optional={param.optional === true}
        hint={param.description ? t(param.description) : undefined}
        problem={problem && t(problem)}
        onChange={(next) => onChange(next === '' ? undefined : next)}
      />
    );
  }
  if (param.type === 'array' && param.items?.to === 'trunk') {
    const chosen = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
    return (
      <TrunksField
        label={t(param.label ?? name)}
        hint={param.description ? t(param.description) : ''}
        chosen={chosen}
        onChange={(next) => onChange(next.length ? next : undefined)}
      />
    );
  }
  if (param.type === 'array' && param.items?.properties?.endpoint_type) {
    const weighted = beside?.strategy === 'weighted_random';
    return <RingMembersField value={value} weighted={weighted} onChange={onChange} />;
  }
  if (param.type === 'array' && param.items?.to === 'temporal_rule') {
    const chosen = Array.isArray(value) ? value.map(String) : [];
    return <RulesField param={param} chosen={chosen} onChange={onChange} />;
  }
  if (param.type === 'boolean') {
    const on = typeof value === 'boolean' ? value : param.default === true;
    return (
      <div>
        <label className="flex items-center gap-2 font-medium" htmlFor={id}>
          <input
            id={id}
            type="checkbox"
            className="h-4 w-4 accent-accent"
            checked={on}
            onChange={(event) => onChange(event.target.checked)}
          />
          {t(param.label ?? name)}
        </label>
        {param.description && <Hint>{t(param.description)}</Hint>}
      </div>
    );
  }
  let control = (
    <div className="field" data-bad={problem !== null}>
      <input
        id={id}
        value={text}
        inputMode={param.type === 'integer' ? 'numeric' : undefined}
        placeholder={param.default === undefined ? '' : String(param.default)}
        aria-invalid={problem !== null}
        onChange={(event) => type(event.target.value)}
      />
      {param.unit && <span className="text-ink3">{t(param.unit)}</span>}
    </div>
  );
  if (param.enum) {
    control = (
      <div className="field">
        <select
          id={id}
          value={String(value ?? param.default ?? '')}
          onChange={(event) => onChange(readParam(param, event.target.value))}
        >
          {param.optional && <option value="">{t('Not set')}</option>}
          {param.enum.map((one) => (
            <option key={one} value={one}>
              {valueWord(action, name, String(one), t)}
            </option>
          ))}
        </select>
      </div>
    );
  } else if (param.type === 'ref') {
    const chosen = typeof value === 'string' ? value : '';
    control =
      param.to === 'seat' ||
      param.to === 'device' ||
      param.to === 'ring_group' ||
      param.to === 'temporal_rule_set' ? (
        <OfficeField id={id} to={param.to} value={chosen} onChange={onChange} />
      ) : (
        <CallflowField id={id} value={chosen} onChange={onChange} />
      );
  }
  return (
    <Labelled id={id} param={param} name={name} problem={problem}>
      {control}
    </Labelled>
  );
}
