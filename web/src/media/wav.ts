// What a browser recorded, as 16-bit mono WAV.

const HEADER_BYTES = 44;

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

export async function wavFile(recorded: Blob, name: string): Promise<File> {
  const context = new AudioContext();
  const audio = await context.decodeAudioData(await recorded.arrayBuffer());
  const wav = encodeWav(audio.getChannelData(0), audio.sampleRate);
  await context.close();
  return new File([wav], `${name}.wav`, { type: 'audio/wav' });
}
