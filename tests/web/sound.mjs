// Tones to upload, and what callers heard of them.
import { readFileSync } from 'node:fs';

const RATE = 8000;

// 16-bit mono samples as a WAV file.
export function wavOf(samples) {
  const wav = Buffer.alloc(44);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples.length, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples.length, 40);
  return Buffer.concat([wav, samples]);
}

export function tone(seconds, hertz = 440) {
  const samples = Buffer.alloc(RATE * seconds * 2);
  for (let i = 0; i < RATE * seconds; i += 1) {
    samples.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * hertz * i) / RATE)), i * 2);
  }
  return wavOf(samples);
}

// The samples of a 16-bit mono WAV, -1 to 1. Its data is the last chunk, as ours are written.
export function samplesOf(file) {
  const bytes = readFileSync(file);
  const begin = bytes.indexOf('data') + 8;
  const count = Math.floor((bytes.length - begin) / 2);
  return Array.from({ length: count }, (_, i) => bytes.readInt16LE(begin + i * 2) / 32768);
}

export function loudness(samples) {
  return Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / Math.max(1, samples.length));
}

// How much of the sound is that tone, 0 to 1 (Goertzel).
export function shareOf(samples, hertz) {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / RATE);
  let [one, two] = [0, 0];
  for (const sample of samples) [one, two] = [sample + turn * one - two, one];
  const power = one * one + two * two - turn * one * two;
  const all = samples.reduce((sum, sample) => sum + sample * sample, 0);
  return all === 0 ? 0 : (2 * power) / (samples.length * all);
}
