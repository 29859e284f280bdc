import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleCodes } from '@/testing/sample-codes';
import { factsOf, searchCodes } from './codes';
import { checkMessage, repaired } from './message';
import { previewLines } from './preview';

describe('message', () => {
  it.each([
    ['All lines are busy, please call later', null],
    ['Geschäft geschlossen', null],
    ['50%25 off', null],
    ['', null],
    ['All lines are "busy"', 15],
    ['a\nb', 2],
    ['a\rX-Evil: 1', 2],
    ['100%', 4],
    ['tab\there', null],
    ['\u007f', 1],
  ])('%j: trouble at %s', (text, at) => {
    const { problem } = checkMessage(text);
    expect(problem?.kind === 'character' ? problem.at : null).toBe(at);
  });

  it('counts bytes, as the limit does', () => {
    expect(checkMessage('ü'.repeat(64)).problem).toBeNull();
    expect(checkMessage('ü'.repeat(65)).problem).toEqual({ kind: 'long' });
  });

  it('can repair anything that is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'grapheme' }), (text) => {
        expect(checkMessage(repaired(text)).problem?.kind).not.toBe('character');
      }),
    );
  });

  it('never makes a second header line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40, unit: 'binary' }), (text) => {
        if (checkMessage(text).problem) return;
        expect(text).not.toMatch(/[\r\n\0]/);
      }),
    );
  });
});

describe('codes', () => {
  const numbers = (search: string) => searchCodes(sampleCodes.items, search).map((one) => one.code);

  it('finds by plain words, the best first', () => {
    expect(numbers('busy').slice(0, 2)).toEqual([486, 600]);
    expect(numbers('closed')).toContain(480);
    expect(numbers('blocked')).toContain(403);
  });

  it('finds by words of the language that is read', () => {
    const busy = sampleCodes.items.find((one) => one.code === 486);
    const say = (english: string) =>
      english === busy?.explanation ? 'Der Angerufene ist besetzt.' : english;
    expect(searchCodes(sampleCodes.items, 'besetzt', say)).toEqual([busy]);
    expect(searchCodes(sampleCodes.items, 'besetzt')).toEqual([]);
  });

  it('finds by the beginning of the number', () => {
    expect(numbers('48')).toEqual([480, 486, 488]);
    expect(numbers('x9')).toEqual([]);
  });

  it('judges codes that nobody registered', () => {
    expect(factsOf(sampleCodes, 499).verdict).toBe('warn');
    expect(factsOf(sampleCodes, 399).verdict).toBe('ask');
    expect(factsOf(sampleCodes, 299).verdict).toBe('no');
    expect(factsOf(sampleCodes, 1234).verdict).toBe('no');
  });

  it('previews the literal answer', () => {
    const facts = factsOf(sampleCodes, 486);
    const lines = previewLines({
      facts,
      message: '',
      q850: '',
      retryAfter: '',
      redirectTo: [],
      number: '1000',
    });
    expect(lines[0]).toBe('SIP/2.0 486 Busy Here');
    expect(lines).toContain('Reason: Q.850;cause=17;text="User busy"');
  });
});
