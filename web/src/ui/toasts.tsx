// Short messages at the bottom of the page. Six seconds, ten with a button; errors stay.
import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { useTranslation } from '@/language/translate';

const SHOWN_MAX = 3;
const PLAIN_MS = 6000;
const WITH_BUTTON_MS = 10_000;

export interface Toast {
  tone: 'neutral' | 'ok' | 'warn' | 'err';
  title: string;
  detail?: string;
  action?: { label: string; run: () => void };
  stays?: boolean;
}

interface Shown extends Toast {
  key: number;
}

const useToasts = create<{ list: Shown[] }>(() => ({ list: [] }));
let nextKey = 1;

export function toast(one: Toast): void {
  const key = nextKey;
  nextKey += 1;
  useToasts.setState(({ list }) => ({
    list: [...list.filter((old) => old.title !== one.title), { ...one, key }].slice(-SHOWN_MAX),
  }));
}

// Another page: what the one before offered to do is no longer meant.
export function dropOffers(): void {
  useToasts.setState(({ list }) => ({ list: list.filter((one) => !one.action) }));
}

function drop(key: number): void {
  useToasts.setState(({ list }) => ({ list: list.filter((one) => one.key !== key) }));
}

const ICONS = { neutral: Info, ok: CircleCheck, warn: TriangleAlert, err: CircleAlert };
const COLOURS = { neutral: 'text-ink3', ok: 'text-ok', warn: 'text-warn', err: 'text-err' };

function ToastCard({ one }: { one: Shown }) {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (one.stays || held) return;
    const timer = setTimeout(() => drop(one.key), one.action ? WITH_BUTTON_MS : PLAIN_MS);
    return () => clearTimeout(timer);
  }, [one, held]);
  const Icon = ICONS[one.tone];
  const run = () => {
    one.action?.run();
    drop(one.key);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only stops the clock
    <div
      role={one.tone === 'err' ? 'alert' : 'status'}
      className="flex w-[420px] max-w-[calc(100vw-24px)] items-center gap-2.5 rounded-card border
        border-line bg-overlay py-2 pr-2 pl-3.5 shadow-high"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon className={COLOURS[one.tone]} aria-hidden />
      <div className="min-w-0 flex-1 py-1">
        <div className="font-medium">{one.title}</div>
        {one.detail && <div className="t-small text-ink3">{one.detail}</div>}
      </div>
      {one.action && (
        <button type="button" className="btn btn-sm" onClick={run}>
          {one.action.label}
        </button>
      )}
      <button
        type="button"
        className="btn btn-ghost btn-icon btn-sm"
        aria-label={t('Close')}
        onClick={() => drop(one.key)}
      >
        <X aria-hidden />
      </button>
    </div>
  );
}

export function Toasts() {
  const list = useToasts((state) => state.list);
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-16 z-70 flex flex-col items-center">
      <div className="pointer-events-auto flex flex-col gap-2">
        {list.map((one) => (
          <ToastCard key={one.key} one={one} />
        ))}
      </div>
    </div>
  );
}
