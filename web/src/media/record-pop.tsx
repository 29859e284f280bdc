// Record from the microphone, listen, name it, save it.
import { Mic, RotateCcw, Square } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { minutes } from '@/callflow/face';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';
import { Player } from './player';
import { RECORDING_MS_MAX, useRecorder } from './recorder';
import type { Recording } from './wav';

interface Props {
  onSound: (file: File) => void;
  onClose: () => void;
}

// The key that ends a recording well, not the closing cross.
const focusOn = (button: HTMLElement | null) => button?.focus();

function useAddress(recording: Recording | null): string {
  const address = useMemo(() => (recording ? URL.createObjectURL(recording.wav) : ''), [recording]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return address;
}

function Meter({ elapsed, level }: { elapsed: number; level: number }) {
  const { t } = useTranslation();
  return (
    <div className="flex items-center gap-3">
      <span className="dot bg-[var(--err-mark)] text-err motion-safe:animate-pulse" />
      <span className="tabular-nums" role="timer" aria-label={t('Recording')}>
        <b>{minutes(elapsed)}</b> <span className="text-ink3">/ {minutes(RECORDING_MS_MAX)}</span>
      </span>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> can't have our colours */}
      <div
        role="meter"
        aria-label={t('Loudness')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(100 * level)}
        className="h-2 flex-1 overflow-hidden rounded-full bg-pressed"
      >
        <div
          className="h-full bg-[var(--live-mark)] transition-[width]"
          style={{ width: `${Math.min(100, 100 * level)}%` }}
        />
      </div>
    </div>
  );
}

export default function RecordPop({ onSound, onClose }: Props) {
  const { t, language } = useTranslation();
  const id = useId();
  const { phase, elapsed, level, recording, start, stop } = useRecorder();
  const address = useAddress(recording);
  const [name, setName] = useState(() => {
    const when = new Date().toLocaleString(language, {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    return t('Recording of {{when}}', { when });
  });
  const save = (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation(); // of the form that it may stand in
    if (!recording || !name.trim()) return;
    onSound(new File([recording.wav], `${name.trim()}.wav`, { type: 'audio/wav' }));
    onClose();
  };
  return (
    <Modal
      title={t('Record')}
      help={t('Speak as to a caller. You hear it before it is kept.')}
      tile={
        <span className="tile tile-l tile-mute">
          <Mic aria-hidden />
        </span>
      }
      width={520}
      firm
      onClose={onClose}
      footer={
        <>
          {phase === 'done' && (
            <button type="button" className="btn btn-lg" onClick={() => void start()}>
              <RotateCcw aria-hidden />
              {t('Record again')}
            </button>
          )}
          <span className="flex-1" />
          <button type="button" className="btn btn-lg" onClick={onClose}>
            {t('Cancel')}
          </button>
          {phase === 'recording' ? (
            <button type="button" className="btn btn-lg btn-danger" ref={focusOn} onClick={stop}>
              <Square aria-hidden />
              {t('Stop recording')}
            </button>
          ) : (
            <button
              type="submit"
              form={id}
              className="btn btn-lg btn-primary"
              disabled={!recording || !name.trim()}
            >
              {t('Save recording')}
            </button>
          )}
        </>
      }
    >
      <form id={id} className="flex flex-col gap-4 p-5" onSubmit={save}>
        {phase === 'recording' && <Meter elapsed={elapsed} level={level} />}
        {recording && (
          <>
            <Player address={address} peaks={recording.peaks} durationMs={recording.duration_ms} />
            <Labelled label={t('Name')}>
              {(ids) => (
                <input
                  {...ids}
                  value={name}
                  maxLength={128}
                  onChange={(event) => setName(event.target.value)}
                />
              )}
            </Labelled>
          </>
        )}
        <div aria-live="polite">
          {phase === 'starting' && <Hint>{t('The browser asks for the microphone.')}</Hint>}
          {phase === 'working' && <Hint>{t('One moment')}</Hint>}
          {phase === 'refused' && (
            <Hint tone="err">
              {window.isSecureContext
                ? t(
                    'The browser gives no microphone. Allow it beside the address, or upload a file.',
                  )
                : t('Browsers give a microphone to pages by https:// only. Upload a file instead.')}
            </Hint>
          )}
        </div>
      </form>
    </Modal>
  );
}
