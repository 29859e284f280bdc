// Sentences with which the server refuses, and that come without their parts: those are read out of
// them again, so that they can be said in another language.
import { translate } from '@/language/translate';

export const REFUSALS: readonly string[] = [
  '{{who}} changed the {{noun}} meanwhile.',
  '{{who}} deleted the {{noun}} meanwhile.',
  '{{who}} saved revision {{revision}} meanwhile.',
  'The callflow “{{name}}” was deleted meanwhile.',
  'Callflows, ring groups or rule sets refer to this {{noun}}. Say replace_with, or force.',
  '{{number}} belongs to the callflow “{{name}}”.',
  'The number {{number}} belongs to the callflow “{{id}}” ({{name}}).',
  'The pattern {{number}} belongs to the callflow “{{id}}” ({{name}}).',
  'The number {{number}} belongs to the callflow “{{id}}” ({{name}}), which does not ring this seat.',
  'The number is in use: take it out of the callflow “{{name}}” first.',
  'Every extension from {{from}} to {{to}} is taken.',
  'This is no sound file we know. Use {{formats}}.',
  'The file is empty. Use {{formats}}.',
  "The file can't be read as sound: {{why}}",
  'The sound is longer than {{seconds}} seconds. Shorten it and upload it again.',
  'This is not JSON: {{why}}.',
  'Nothing answers {{number}}.',
  'The extension {{value}} belongs to the {{noun}} “{{id}}”.',
  'The username {{value}} belongs to the {{noun}} “{{id}}”.',
  'The login {{value}} belongs to the {{noun}} “{{id}}”.',
  'The name {{value}} belongs to the {{noun}} “{{id}}”.',
  'There is no {{noun}} “{{id}}”.',
  'There is a {{noun}} “{{id}}”.',
];

const SPECIAL = /[.*+?^$()|[\]\\]/g;

function patternOf(form: string): RegExp {
  const text = form.replace(SPECIAL, '\\$&');
  return new RegExp(`^${text.replace(/{{(\w+)}}/g, '(?<$1>.+)')}$`, 'u');
}

type Reader = (text: string) => string | undefined;

// → what says a text of one of these forms in the language of the app
export function readerOf(forms: readonly string[]): Reader {
  let patterns: [string, RegExp][] | undefined;
  return (text) => {
    patterns ??= forms.map((form) => [form, patternOf(form)]);
    for (const [form, pattern] of patterns) {
      const found = pattern.exec(text);
      if (!found) continue;
      const { noun, ...places } = found.groups ?? {};
      return translate(form, noun === undefined ? places : { ...places, noun: translate(noun) });
    }
    return undefined;
  };
}

export const refusal = readerOf(REFUSALS);

// The store begins with a small letter, and ends without a full stop.
function sentence(words: string): string {
  return /^[a-z].*[^.?!]$/su.test(words) ? `${words[0]?.toUpperCase()}${words.slice(1)}.` : words;
}

export function refusalWords(said: string): string {
  const text = sentence(said);
  const read = refusal(text);
  if (read !== undefined) return read;
  const word = translate(said);
  return word === said ? translate(text) : word;
}
