// An office with callflows, sounds, people and calls, for pictures of the app.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { addUser } from './browser.mjs';
import { callNumber } from './server.mjs';
import { tone, wavOf } from './sound.mjs';

const API = '/api/v1/accounts/default';
const DEMO = new URL('../../demo/', import.meta.url);
const WAV_HEAD_BYTES = 44;
const BYTES_A_SECOND = 16_000;

// Seconds `from` to `to` of a spoken file of the demo.
function spoken(file, from, to) {
  const bytes = readFileSync(new URL(file, DEMO)).subarray(WAV_HEAD_BYTES);
  return wavOf(bytes.subarray(from * BYTES_A_SECOND, to * BYTES_A_SECOND));
}

const SOUNDS = {
  welcome: ['Welcome', () => spoken('welcome.wav', 0, 7)],
  closed: ['Closed today', () => spoken('closed.wav', 0, 6)],
  busy: ['All lines are busy', () => spoken('closed.wav', 1, 4)],
  holiday: ['Holiday greeting', () => spoken('welcome.wav', 2, 6)],
  hours: ['Opening hours', () => spoken('welcome.wav', 1, 5)],
  unknown: ['Number not in use', () => spoken('closed.wav', 3, 6)],
  tone: ['Hold tone', () => tone(20)],
};

const end = (code, message, media) => ({
  module: 'response',
  data: { code, ...(message ? { message } : {}), ...(media ? { media } : {}) },
  children: {},
});

const played = (id) => ({
  module: 'play',
  data: { id },
  children: { _: { module: 'hangup', data: {}, children: {} } },
});

const mainLine = (message) => ({
  id: 'main-line',
  name: 'Main line',
  numbers: ['1000', '+14155550100', '+14155550101'],
  flow: {
    module: 'menu',
    data: { greeting: 'welcome', timeout: 8000, retries: 2 },
    children: {
      1: played('hours'),
      2: played('holiday'),
      timeout: end(486, message, 'busy'),
    },
  },
});

const simple = (id, name, numbers, flow) => ({ id, name, numbers, flow });
const FLOWS = [
  simple('night', 'Night', ['1900'], end(480, 'Closed until nine', 'closed')),
  simple('sales', 'Sales', ['1100', '+14155550110'], end(486, 'All lines are busy', 'busy')),
  simple('support', 'Support', ['1200', '+14155550120'], end(480, 'Back at nine', 'closed')),
  simple('billing', 'Billing', ['1300', '+14155550130'], end(480, '', 'holiday')),
  simple('front-door', 'Front door', ['1400'], end(603, 'Nobody at the door')),
  simple('berlin', 'Berlin office', ['1700', '+493055500170'], end(480, 'Geschäft geschlossen')),
  simple('applicants', 'Job applicants', ['+14155550199'], end(404, '', 'unknown')),
];

const CALLS = [
  ['+14155550190', '+14155550199'],
  ['+14155550133', '+14155550110'],
  ['anonymous', '1700'],
  ['+493055500142', '+14155550120'],
  ['+16285550104', '+14155550150'],
  ['+14155550188', '+14155550110'],
];

function poster(page, server) {
  return async (method, to, data, more = {}) => {
    const headers = { Origin: server.url, ...more };
    const answer = await page.request.fetch(to, { method, data, headers });
    assert.ok(answer.ok(), `${method} ${to}: ${await answer.text()}`);
  };
}

export async function fillOffice(page, server) {
  const send = poster(page, server);
  await send(
    'PUT',
    '/api/v1/users/admin',
    { id: 'admin', name: 'Ana Kovac', system: true, roles: { default: 'admin' } },
    { 'If-Match': '*' },
  );
  await addUser(page, server, 'tomas', 'editor');
  for (const [id, [name, sound]] of Object.entries(SOUNDS)) {
    const to = `${API}/media?id=${id}&name=${encodeURIComponent(name)}`;
    await send('POST', to, sound(), { 'Content-Type': 'audio/wav' });
  }
  const seat = { first_name: 'Maya', last_name: 'Ortiz', email: 'maya@example.com' };
  await send('POST', `${API}/seats`, { ...seat, id: 'maya', extension: '1910' });
  await send('POST', `${API}/devices`, { id: 'door', name: 'Front door' });
  const call_forward = { enabled: true, number: '+14155550142' };
  const mobile = { name: 'Maya, on the road', device_type: 'cellphone', owner_id: 'maya' };
  await send('POST', `${API}/devices`, { ...mobile, call_forward });
  const endpoints = [{ endpoint_type: 'user', id: 'maya', delay: 5, timeout: 15 }];
  await send('POST', `${API}/ring_groups`, { name: 'Sales team', endpoints });
  const christmas = { id: 'christmas', name: 'Christmas', cycle: 'yearly', month: 12 };
  await send('POST', `${API}/temporal_rules`, { ...christmas, days: [24, 25, 26] });
  const set = { name: 'Holidays', temporal_rules: ['christmas'] };
  await send('POST', `${API}/temporal_rule_sets`, set);
  await send('POST', `${API}/trunks`, { name: 'Carrier', addresses: [{ host: '192.0.2.1' }] });
  for (const flow of FLOWS) await send('POST', `${API}/callflows?publish=true`, flow);
  const blocked = simple('blocked', 'Blocked callers', [], {});
  await send('POST', `${API}/callflows`, blocked);
  await send('POST', `${API}/callflows?note=First+version`, mainLine('Busy'));
  const to = `${API}/callflows/main-line?publish=true`;
  const seen = { 'If-Match': '*' };
  await send('PUT', `${to}&note=Says+why`, mainLine('On the phone'), seen);
  await send('PUT', `${to}&note=Words+of+the+manual`, mainLine('All lines are busy'), seen);
}

export async function callOffice(server) {
  await Promise.all(CALLS.map(([from, to]) => callNumber(server, to, ['--from', from])));
  const pressed = ['--from', '+14155550171', '--dtmf', '1@2'];
  await callNumber(server, '+14155550100', pressed);
}
