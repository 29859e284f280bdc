// What the server says, in the user's language where its sentence is known there.
import { translate } from '@/language/translate';
import { readerOf, refusal, refusalWords } from './refusals';
import type { Finding, Problem } from './types';

// Places of its sentences where words of its own stand; names of the account are nobody's to change.
const OWN_WORDS = ['explanation', 'kind', 'label', 'target', 'type', 'wanted'];

// What forms of the app call the members that stand in the place `name`.
const FIELDS: Record<string, string> = {
  channels: 'Calls at once',
  concurrent_calls: 'Calls at once',
  cycle: 'Repeats',
  days: 'Days of the month',
  delay: 'After (s)',
  email: 'E-mail',
  extension: 'Extension',
  first_name: 'First name',
  host: 'Host',
  interval: 'Every so many times',
  last_name: 'Last name',
  month: 'Month',
  name: 'Name',
  number_form: 'Numbers as it wants them',
  ordinal: 'Which of the weekdays',
  prefix: 'Put in front',
  priority: 'Priority',
  repeats: 'Rounds',
  ring_timeout_s: 'Rings for',
  route: 'SIP address',
  start_date: 'First day',
  strategy: 'Strategy',
  strip: 'Take away in front',
  time_window_start: 'From',
  time_window_stop: 'Until',
  timeout: 'Rings for (s)',
  wdays: 'Weekdays',
  weight: 'Weight',
};

const placeInFile = readerOf(['line {{line}}, column {{column}}']);

type Places = Record<string, string>;

function wordOf(place: string, value: string): string {
  if (place === 'name') return translate(FIELDS[value] ?? value);
  if (place === 'place') return placeInFile(value) ?? value;
  if (place === 'what') return refusal(value) ?? translate(value);
  return OWN_WORDS.includes(place) ? translate(value) : value;
}

function said(text: string, form: string | undefined, places: Places = {}): string {
  if (form === undefined) return refusalWords(text);
  const words: Places = {};
  for (const [place, value] of Object.entries(places)) words[place] = wordOf(place, value);
  return translate(form, words);
}

export function textOf(finding: Finding): string {
  return said(finding.text, finding.text_form, finding.places);
}

export function hintOf(finding: Finding): string {
  return finding.hint ? said(finding.hint, finding.hint_form, finding.places) : '';
}

// What is wrong, and what to do about it.
export function wholeTextOf(finding: Finding): string {
  return [textOf(finding), hintOf(finding)].filter(Boolean).join(' ');
}

export function detailOf(problem: Problem): string {
  const told = problem.findings?.find((one) => one.text === problem.detail);
  return told ? textOf(told) : refusalWords(problem.detail || problem.title);
}
