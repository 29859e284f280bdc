// What the server notes of a step, in the language of the app where its words are known.
import { readerOf } from '@/api/refusals';

// A form stands before those that it could be taken for.
export const NOTES: readonly string[] = [
  'pressed {{keys}}',
  'forwarded to {{number}}',
  'transferred to {{number}}',
  'sent on to {{number}}',
  'it redirects the call to no number of ours: not followed',
  'it redirects the call to {{number}}',
  "no branch for {{cause}}: the account's response",
  'no branch for {{cause}}: its default response',
  'the callflow ended here without an action that ends the call',
  'sub-flows are nested too deep ({{count}})',
  'too many blocks in one call ({{count}})',
  'switched off (skip_module)',
  'skipped: {{why}}',
  'trunk {{id}} is full: {{count}} calls',
  'trunk {{id}} is full',
  'trunk {{id}} is not registered',
  'trunk {{id}} has no address now',
  'there is no trunk {{id}}',
  'no trunk takes the call to {{number}}',
  'there is no media {{id}}: asked in our own words',
  'there is no ring group {{id}}',
  'there is no rule set {{id}}',
  'there is no rule {{id}}',
  'no published callflow "{{id}}"',
  'variable "{{name}}" is not set',
  'nothing rings at {{who}}',
  'only phones of the account pick up',
  'device {{id}} may not pick up here',
  'the block names no phones, and nothing was captured',
  'no seat has the extension {{number}}',
  'more phones than one block rings',
  'nothing is changed: the phone that calls belongs to no seat',
  'nothing is changed: there is no seat {{id}}',
  'nothing is changed: the seat {{id}} has forwarded the call here',
  'nothing is changed: the caller gave no number',
  'nothing is changed: that is no number that can be called',
  "nothing is changed: a seat can't forward its calls to itself",
];

const read = readerOf(NOTES);

export function noteWords(note = ''): string {
  return read(note) ?? note;
}
