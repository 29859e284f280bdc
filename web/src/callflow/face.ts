// What stands on a block: its action, one value, up to two lines below. Made from `face` of
// action.json; only Response has a face of its own, as the product wants its SIP code there.

import type { Action, Media } from '@/api/types';
import type { Translate } from '@/language/translate';
import { type Block, dataOf, notesOf } from './document';
import { valueWord } from './value-words';

export interface FaceLine {
  icon: 'media' | 'text' | 'info' | 'note';
  text: string;
  aside?: string;
}

export interface Face {
  kicker: string;
  value: string;
  lines: FaceLine[];
  known: boolean;
}

export interface Names {
  media: ReadonlyMap<string, Media>;
  callflows: ReadonlyMap<string, string>;
  seats?: ReadonlyMap<string, string>;
  devices?: ReadonlyMap<string, string>;
  ringGroups?: ReadonlyMap<string, string>;
  trunks?: ReadonlyMap<string, string>;
  ruleSets?: ReadonlyMap<string, string>;
}

export function minutes(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function nameOf(to: string | undefined, id: string, names: Names): string {
  if (to === 'media') return names.media.get(id)?.name ?? id;
  if (to === 'callflow') return names.callflows.get(id) ?? id;
  if (to === 'seat') return names.seats?.get(id) ?? id;
  if (to === 'device') return names.devices?.get(id) ?? id;
  if (to === 'ring_group') return names.ringGroups?.get(id) ?? id;
  if (to === 'trunk') return names.trunks?.get(id) ?? id;
  if (to === 'temporal_rule_set') return names.ruleSets?.get(id) ?? id;
  return id;
}

// The name of what a setting refers to, the word for what was chosen, or the text itself.
export function shownSetting(
  action: Action,
  name: string,
  value: unknown,
  names: Names,
  t: Translate,
): string {
  const param = action.params[name];
  const text = asText(value ?? param?.default);
  if (text === '') return '';
  return param?.enum ? valueWord(action, name, text, t) : nameOf(param?.to, text, names);
}

function filledFace(action: Action, block: Block, names: Names, t: Translate): string {
  const data = dataOf(block);
  const shown = (name: string) => shownSetting(action, name, data[name], names, t);
  const filled = (action.face ?? '').replace(/\{(\w+)\}/g, (_, name: string) => shown(name));
  return filled.trim() || (action.params.id?.to ? shown('id') : '');
}

function mediaLine(id: unknown, names: Names, t: Translate): FaceLine[] {
  if (typeof id !== 'string' || id === '') return [];
  const media = names.media.get(id);
  if (!media) return [{ icon: 'media', text: t('{{id}} is missing', { id }) }];
  return [{ icon: 'media', text: media.name, aside: minutes(media.duration_ms) }];
}

function responseFace(block: Block, action: Action, names: Names, t: Translate): Face {
  const data = dataOf(block);
  const message = asText(data.message);
  const lines: FaceLine[] = message ? [{ icon: 'text', text: `“${message}”` }] : [];
  lines.push(...mediaLine(data.media, names, t));
  const code = asText(data.code ?? action.params.code?.default);
  return { kicker: action.title, value: `SIP Code: ${code}`, lines, known: true };
}

export function faceOf(block: Block, action: Action | undefined, names: Names, t: Translate): Face {
  const face = actionFace(block, action, names, t);
  const [note] = notesOf(block).trim().split('\n');
  return note ? { ...face, lines: [...face.lines, { icon: 'note', text: note }] } : face;
}

function actionFace(block: Block, action: Action | undefined, names: Names, t: Translate): Face {
  if (!action) {
    const lines: FaceLine[] = [{ icon: 'info', text: t('Kept as imported') }];
    return { kicker: t('Unknown action'), value: block.module, lines, known: false };
  }
  if (action.name === 'response') return responseFace(block, action, names, t);
  const label = asText(dataOf(block).name);
  const filled = filledFace(action, block, names, t);
  const lines: FaceLine[] = [];
  const [mediaParam] =
    Object.entries(action.params).find(([, param]) => param.to === 'media') ?? [];
  if (mediaParam) lines.push(...mediaLine(dataOf(block)[mediaParam], names, t));
  const value = label || filled || action.title;
  const first = lines[0];
  if (first && first.text === value) return { kicker: action.title, value, lines: [], known: true };
  return { kicker: action.title, value, lines, known: true };
}
