import { expect, it } from 'vitest';
import { encodeWav, peaksOf } from './wav';

it('writes 16-bit mono samples behind a head of 44 bytes', () => {
  const bytes = encodeWav(new Float32Array([0, 1, -1, 2, -2]), 16_000);
  const view = new DataView(bytes);
  const text = (at: number) => String.fromCharCode(...new Uint8Array(bytes, at, 4));
  expect([text(0), text(8), text(36)]).toEqual(['RIFF', 'WAVE', 'data']);
  expect([view.getUint32(4, true), view.getUint32(40, true)]).toEqual([46, 10]);
  expect([view.getUint32(24, true), view.getUint16(34, true)]).toEqual([16_000, 16]);
  const samples = [0, 1, 2, 3, 4].map((index) => view.getInt16(44 + index * 2, true));
  expect(samples).toEqual([0, 32767, -32767, 32767, -32767]); // too loud is cut, not wrapped
});

it('tells the loudest sample of each part', () => {
  expect(peaksOf(new Float32Array([0, 0.5, -1, 0.25]), 2)).toEqual([50, 100]);
  expect(peaksOf(new Float32Array(0), 3)).toEqual([0, 0, 0]);
  expect(peaksOf(new Float32Array([1]), 3)).toEqual([100, 0, 0]);
});
