// What a browser recorded, as 16-bit mono WAV.

const HEADER_BYTES = 44;
export const RECORDED_HERTZ = 16_000; // twice what phones carry

export function encodeWav(samples: Float32Array, rate: number): ArrayBuffer {
  const bytes = samples.length * 2;
  const view = new DataView(new ArrayBuffer(HEADER_BYTES + bytes));
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i += 1) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, 36 + bytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, bytes, true);
  samples.forEach((sample, index) => {
    const level = Math.max(-1, Math.min(1, sample));
    view.setInt16(HEADER_BYTES + index * 2, Math.round(level * 32767), true);
  });
  return view.buffer as ArrayBuffer;
}

// The loudest sample of each of `count` equal parts, 0 to 100, as the server's peaks are.
export function peaksOf(samples: Float32Array, count: number): number[] {
  const step = Math.max(1, Math.ceil(samples.length / count));
  return Array.from({ length: count }, (_, index) => {
    const part = samples.subarray(index * step, (index + 1) * step);
    return Math.round(100 * part.reduce((peak, one) => Math.max(peak, Math.abs(one)), 0));
  });
}

export interface Recording {
  wav: Blob;
  peaks: number[];
  duration_ms: number;
}

const PEAKS = 120;

// Decoding by a context of that rate resamples as well.
export async function recordingOf(recorded: Blob): Promise<Recording> {
  const context = new OfflineAudioContext(1, 1, RECORDED_HERTZ);
  const audio = await context.decodeAudioData(await recorded.arrayBuffer());
  const samples = audio.getChannelData(0);
  return {
    wav: new Blob([encodeWav(samples, RECORDED_HERTZ)], { type: 'audio/wav' }),
    peaks: peaksOf(samples, PEAKS),
    duration_ms: Math.round(audio.duration * 1000),
  };
}
