import { expect, it } from 'vitest';
import { german } from '@/language/german';
import { chooseLanguage } from '@/language/language';
import { NOTES, noteWords } from './notes';

it('has German for every note', () => {
  expect(NOTES.filter((form) => !(form in german))).toEqual([]);
});

it('says notes in German, and what it does not know as it is', async () => {
  await chooseLanguage('de');
  expect(noteWords('pressed 12')).toBe('gedrückt: 12');
  expect(noteWords('trunk main is full: 30 calls')).toBe('Trunk main ist voll: 30 Anrufe');
  expect(noteWords('trunk main is full')).toBe('Trunk main ist voll');
  expect(noteWords('of a later server')).toBe('of a later server');
  expect(noteWords(undefined)).toBe('');
  await chooseLanguage('en');
});
