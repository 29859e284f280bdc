// SIP Code: search by number, name or plain words. The list opens in the flow of the form.
import { Search, TriangleAlert, X } from 'lucide-react';
import { useCallback, useId, useRef, useState } from 'react';
import type { ResponseCode, ResponseCodes } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { useAfterPress } from '@/ui/after-press';
import { Hint } from '@/ui/hint';
import { type CodeFacts, factsOf, searchCodes } from './codes';

const SHOWN_MAX = 60;

function Pill({ one, best }: { one: ResponseCode; best: boolean }) {
  const { t } = useTranslation();
  if (one.verdict === 'no') return <span className="pill pill-err">{t('Not for calls')}</span>;
  if (one.verdict === 'warn' || one.doubtful) {
    return (
      <span className="pill pill-warn">
        <TriangleAlert aria-hidden className="!h-3 !w-3" />
        {t('Think twice')}
      </span>
    );
  }
  return best ? <span className="pill pill-ok">{t('Best match')}</span> : null;
}

interface RowProps {
  one: ResponseCode;
  id: string;
  active: boolean;
  best: boolean;
  choose: () => void;
  hover: () => void;
}

function Row({ one, id, active, best, choose, hover }: RowProps) {
  const { t } = useTranslation();
  const refused = one.verdict === 'no';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      aria-disabled={refused}
      data-code={one.code}
      className={`menu-item ${refused ? 'text-ink3' : ''}`}
      onPointerMove={hover}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => !refused && choose()}
    >
      <span className={`w-9 flex-none font-mono text-[14px] ${refused ? 'line-through' : ''}`}>
        {one.code}
      </span>
      <span className="min-w-0 flex-1">
        <span className={`block font-medium ${active && !refused ? 'text-accent-ink' : ''}`}>
          {one.phrase}
        </span>
        <span className="block t-small text-ink3">
          {t(one.explanation)} {refused && t(one.instead)}
        </span>
      </span>
      <Pill one={one} best={best} />
    </div>
  );
}

export interface CodePickerProps {
  inputId?: string;
  codes: ResponseCodes;
  value: string;
  onChange: (code: string) => void;
  facts: CodeFacts | null;
}

function FactsHint({ facts, value, id }: { facts: CodeFacts | null; value: string; id: string }) {
  const { t } = useTranslation();
  if (value === '') return <Hint id={id}>{t('A number, or a word such as “closed”')}</Hint>;
  if (!facts)
    return (
      <Hint tone="err" id={id}>
        {t('A SIP code has three digits')}
      </Hint>
    );
  const tone = { ok: 'ok', automatic: 'ok', ask: 'warn', warn: 'warn', no: 'err' } as const;
  return (
    <Hint tone={facts.doubtful ? 'warn' : tone[facts.verdict]} id={id}>
      {t(facts.explanation)} {t(facts.instead)}
    </Hint>
  );
}

export function CodePicker({ inputId, codes, value, onChange, facts }: CodePickerProps) {
  const { t } = useTranslation();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [search, setSearch] = useState<string | null>(null); // null: closed
  const [active, setActive] = useState(0);
  const leave = useAfterPress(useCallback(() => setSearch(null), []));
  const open = search !== null;
  const hits = open ? searchCodes(codes.items, search, t).slice(0, SHOWN_MAX) : [];
  const chosen = facts?.registered ?? null;

  const choose = (code: number) => {
    onChange(String(code));
    setSearch(null);
  };
  const type = (text: string) => {
    setSearch(text);
    setActive(0);
    if (/^\d*$/.test(text.trim())) onChange(text.trim());
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) setSearch('');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const next = Math.max(0, Math.min(hits.length - 1, active + step));
      setActive(next);
      document.getElementById(`${id}-${hits[next]?.code}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const hit = hits[active];
      const exact = /^\d{3}$/.test(search.trim());
      if (hit && hit.verdict !== 'no') choose(hit.code);
      else if (exact) setSearch(null);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setSearch(null);
    }
  };

  return (
    <div>
      <div className="field" data-bad={facts?.verdict === 'no'}>
        <Search aria-hidden />
        <input
          ref={input}
          id={inputId}
          role="combobox"
          aria-label="SIP Code"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-describedby={`${id}-hint`}
          aria-invalid={facts?.verdict === 'no'}
          aria-activedescendant={open && hits[active] ? `${id}-${hits[active].code}` : undefined}
          autoComplete="off"
          placeholder={t('Number, name or a word: busy, closed, blocked')}
          value={search ?? value}
          onChange={(event) => type(event.target.value)}
          onFocus={(event) => event.target.select()}
          onClick={() => setSearch(search ?? '')}
          onBlur={leave}
          onKeyDown={onKeyDown}
        />
        {!open && chosen && <span className="truncate text-ink2">{chosen.phrase}</span>}
        {open && (
          <span className="t-small whitespace-nowrap text-ink3">
            {t('{{shown}} of {{all}} codes', { shown: hits.length, all: codes.items.length })}
          </span>
        )}
        {value && (
          <button
            type="button"
            className="grid h-6 w-6 place-items-center text-ink3"
            aria-label={t('Clear the code')}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => {
              onChange('');
              setSearch('');
              input.current?.focus();
            }}
          >
            <X aria-hidden className="!h-3.5 !w-3.5" />
          </button>
        )}
      </div>
      {open && (
        <div className="mt-1.5 rounded-card border border-line2 p-1 shadow-mid">
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={t('Codes')}
            className="max-h-[236px] overflow-y-auto"
          >
            {hits.map((one, index) => (
              <Row
                key={one.code}
                one={one}
                id={`${id}-${one.code}`}
                active={index === active}
                best={index === 0 && search !== ''}
                choose={() => choose(one.code)}
                hover={() => setActive(index)}
              />
            ))}
          </div>
          {hits.length === 0 && (
            <p className="px-2 py-3 text-ink3">{t('No code is called “{{search}}”', { search })}</p>
          )}
        </div>
      )}
      {!open && <FactsHint facts={facts} value={value} id={`${id}-hint`} />}
    </div>
  );
}

export function readFacts(codes: ResponseCodes | undefined, text: string): CodeFacts | null {
  return codes && /^\d{3}$/.test(text) ? factsOf(codes, Number(text)) : null;
}
