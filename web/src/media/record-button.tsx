// Records from the microphone and hands over a WAV file, which every server can read.
import { Mic, Square } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/ui/toasts';
import { wavFile } from './wav';

export function RecordButton({ onSound }: { onSound: (file: File) => void }) {
  const { t } = useTranslation();
  const recorder = useRef<MediaRecorder | null>(null);
  const [on, setOn] = useState(false);
  const start = async () => {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts: Blob[] = [];
      const made = new MediaRecorder(stream);
      made.ondataavailable = (event) => parts.push(event.data);
      made.onstop = async () => {
        for (const track of stream.getTracks()) track.stop();
        setOn(false);
        onSound(await wavFile(new Blob(parts), t('Recording')));
      };
      recorder.current = made;
      made.start();
      setOn(true);
    } catch {
      toast({ tone: 'warn', title: t('The browser gives no microphone') });
    }
  };
  const Icon = on ? Square : Mic;
  return (
    <button
      type="button"
      className={`btn ${on ? 'btn-danger' : ''}`}
      onClick={() => (on ? recorder.current?.stop() : void start())}
    >
      <Icon aria-hidden />
      {on ? t('Stop recording') : t('Record')}
    </button>
  );
}
