// Text to speech: what to say, which voice, listen, keep.
import { useQueryClient } from '@tanstack/react-query';
import { Play, Speech } from 'lucide-react';
import { type FormEvent, useId, useMemo, useState } from 'react';
import type { Media, Voice } from '@/api/types';
import { useTranslation } from '@/language/translate';
import { Hint } from '@/ui/hint';
import { Labelled } from '@/ui/labelled';
import { Modal } from '@/ui/modal';
import { MediaPlayer } from './media-player';
import { type Speech as Spoken, useSpeech } from './speech';

interface Props {
  account: string;
  voices: Voice[];
  onMade: (media: Media) => void;
  onClose: () => void;
}

// Voices of the app's language stand first.
function sorted(voices: Voice[], language: string): Voice[] {
  const near = (one: Voice) => (one.language.startsWith(language) ? 0 : 1);
  return [...voices].sort((a, b) => near(a) - near(b) || a.name.localeCompare(b.name));
}

export default function SpeakPop({ account, voices, onMade, onClose }: Props) {
  const { t, language } = useTranslation();
  const id = useId();
  const cache = useQueryClient();
  const list = useMemo(() => sorted(voices, language), [voices, language]);
  const [asked, setAsked] = useState<Spoken>({ name: '', text: '', voice: list[0]?.id ?? '' });
  const { made, busy, problem, speak, keep, drop } = useSpeech(account);
  const ready = asked.text.trim() !== '' && asked.voice !== '' && !busy;
  const cancel = () => {
    void drop();
    onClose();
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || !asked.name.trim()) return;
    const media = await keep(asked);
    if (!media) return;
    await cache.invalidateQueries({ queryKey: [account, 'media'] });
    onMade(media);
    onClose();
  };
  const change = (part: Partial<Spoken>) => setAsked({ ...asked, ...part });
  return (
    <Modal
      title={t('Speak text')}
      help={t('The server says it with a voice of its own.')}
      tile={
        <span className="tile tile-l tile-mute">
          <Speech aria-hidden />
        </span>
      }
      width={520}
      onClose={cancel}
      footer={
        <>
          <button
            type="button"
            className="btn btn-lg"
            disabled={!ready}
            onClick={() => void speak(asked)}
          >
            <Play aria-hidden />
            {t('Listen')}
          </button>
          <span className="flex-1" />
          <button type="button" className="btn btn-lg" onClick={cancel}>
            {t('Cancel')}
          </button>
          <button
            type="submit"
            form={id}
            className="btn btn-lg btn-primary"
            disabled={!ready || !asked.name.trim()}
          >
            {t('Save speech')}
          </button>
        </>
      }
    >
      <form id={id} className="flex flex-col gap-4 p-5" onSubmit={save}>
        <Labelled label={t('Text')}>
          {(ids) => (
            <textarea
              {...ids}
              className="py-2"
              rows={4}
              maxLength={2000}
              value={asked.text}
              onChange={(event) => change({ text: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label={t('Voice')}>
          {(ids) => (
            <select
              {...ids}
              value={asked.voice}
              onChange={(event) => change({ voice: event.target.value })}
            >
              {list.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={t('Name')}>
          {(ids) => (
            <input
              {...ids}
              value={asked.name}
              maxLength={128}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Labelled>
        {made && <MediaPlayer account={account} media={made} />}
        <div aria-live="polite">{problem && <Hint tone="err">{problem}</Hint>}</div>
      </form>
    </Modal>
  );
}
