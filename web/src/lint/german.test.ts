import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { german } from '@/language/german';

const server = join(import.meta.dirname, '../../../server');
const MODEL = [
  'account_settings call_preferences callflow_parse device dial_plan document_reader json_reader',
  'lint lint_head lint_loops param_check response_check ring_group seat temporal_rule trunk',
].flatMap((names) => names.split(' ').map((name) => `model/${name}`));
const API = 'account_object account_routes callflow_writes fields number_routes token_routes';
const FILES = [
  ...MODEL,
  'store/seat_checks',
  ...API.split(' ').map((name) => `api/${name}`),
  ...['passwords', 'simulate_route', 'speech_routes', 'trunk_routes', 'user_routes'].map(
    (name) => `api/${name}`,
  ),
];

const LITERAL = /"((?:[^"\\\n]|\\.)*)"/g;
// C++ joins string literals that stand side by side.
const LITERALS = /"(?:[^"\\\n]|\\.)*"(?:\s*"(?:[^"\\\n]|\\.)*")*/g;

function sentences(file: string): string[] {
  const source = readFileSync(join(server, `${file}.cpp`), 'utf8').replace(/^\s*\/\/.*$/gm, '');
  return [...source.matchAll(LITERALS)]
    .map(([group]) => [...group.matchAll(LITERAL)].map(([, part]) => part).join(''))
    .map((text) => text.replaceAll('\\"', '"'))
    .filter((text) => /^[\dA-Z“{]/.test(text) && /^\S+ .*\.$|\{\{/.test(text));
}

it('has a sentence for each that the server says about a document', () => {
  const all = [...new Set(FILES.flatMap(sentences))];
  expect(all.length).toBeGreaterThan(190);
  expect(all.filter((text) => !(text in german))).toEqual([]);
});

it('has the places of each sentence', () => {
  const places = (text: string) => [...text.matchAll(/\{\{\w+\}\}/g)].map(([one]) => one).sort();
  const all = FILES.flatMap(sentences).filter((text) => text in german);
  expect(all.filter((text) => `${places(text)}` !== `${places(german[text] ?? '')}`)).toEqual([]);
});
