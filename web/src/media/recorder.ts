// The microphone: listening, recording, what was recorded.
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Recording, recordingOf } from './wav';

export const RECORDING_MS_MAX = 300_000; // 16-bit at 16 kHz: 9.6 MB, an upload holds 11
const TICK_MS = 100;

export type Phase = 'starting' | 'recording' | 'working' | 'done' | 'refused';

interface Running {
  recorder: MediaRecorder;
  stream: MediaStream;
  context: AudioContext;
  levelOf: () => number;
}

// Loudness of the moment, 0 to 1.
function levelMeter(context: AudioContext, stream: MediaStream): () => number {
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return samples.reduce((peak, one) => Math.max(peak, Math.abs(one)), 0);
  };
}

async function openMicrophone(onSound: (sound: Blob) => void): Promise<Running> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext();
  const recorder = new MediaRecorder(stream);
  const parts: Blob[] = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => onSound(new Blob(parts));
  recorder.start();
  return { recorder, stream, context, levelOf: levelMeter(context, stream) };
}

function close({ recorder, stream, context }: Running): void {
  if (recorder.state !== 'inactive') recorder.stop();
  for (const track of stream.getTracks()) track.stop();
  void context.close();
}

function discard(opened: Running): void {
  opened.recorder.onstop = null;
  close(opened);
}

export function useRecorder() {
  const [phase, setPhase] = useState<Phase>('starting');
  const [elapsed, setElapsed] = useState(0);
  const [level, setLevel] = useState(0);
  const [recording, setRecording] = useState<Recording | null>(null);
  const running = useRef<Running | null>(null);
  const wanted = useRef(false); // nobody has closed the pop-up

  const stop = useCallback(() => {
    if (!running.current) return;
    setPhase('working');
    close(running.current);
    running.current = null;
  }, []);

  const start = useCallback(async () => {
    setPhase('starting');
    setRecording(null);
    setElapsed(0);
    try {
      const opened = await openMicrophone(async (sound) => {
        setRecording(await recordingOf(sound));
        setPhase('done');
      });
      if (!wanted.current || running.current) return discard(opened);
      running.current = opened;
      setPhase('recording');
    } catch {
      setPhase('refused');
    }
  }, []);

  useEffect(() => {
    wanted.current = true;
    void start();
    return () => {
      wanted.current = false;
      if (running.current) discard(running.current);
      running.current = null;
    };
  }, [start]);

  useEffect(() => {
    if (phase !== 'recording') return;
    const began = Date.now();
    const timer = setInterval(() => {
      setElapsed(Date.now() - began);
      setLevel(running.current?.levelOf() ?? 0);
      if (Date.now() - began > RECORDING_MS_MAX) stop();
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [phase, stop]);

  return { phase, elapsed, level, recording, start, stop };
}
