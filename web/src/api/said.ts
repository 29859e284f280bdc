// What the server says, in the user's language where its sentence is known there.
import i18next from 'i18next';
import type { Finding, Problem } from './types';

// Places of its sentences where words of its own stand; names of the account are nobody's to change.
const OWN_WORDS = ['explanation', 'kind', 'label', 'target', 'type', 'wanted', 'what'];

type Places = Record<string, string>;

function known(text: string): string {
  return i18next.exists(text) ? i18next.t(text) : text;
}

function said(text: string, form: string | undefined, places: Places = {}): string {
  if (form === undefined || !i18next.exists(form)) return known(text);
  const words: Places = {};
  for (const [name, value] of Object.entries(places)) {
    words[name] = OWN_WORDS.includes(name) ? known(value) : value;
  }
  return i18next.t(form, words);
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
  return told ? textOf(told) : known(problem.detail || problem.title);
}
