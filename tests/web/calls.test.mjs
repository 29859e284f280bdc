// Calls: the ones in progress and the ones that are over, as real calls made them.
import assert from 'node:assert/strict';
import { addUser, closePage, publish } from './browser.mjs';
import { registerPhone, whilePhone } from './phone.mjs';
import { addSeat, done } from './seats.mjs';
import { callNumber } from './server.mjs';
import { tone } from './sound.mjs';
import { startStories } from './stories.mjs';

const MEDIA = '/api/v1/accounts/default/media';
const CALLS = '/api/v1/accounts/default/calls';
const RUNNING = /^0:(0[1-9]|[1-5]\d)$/; // for a second or more

let server;
let page;

async function addMedia(name, bytes) {
  const headers = { Origin: server.url, 'Content-Type': 'audio/wav' };
  const answer = await page.request.post(`${MEDIA}?name=${name}`, { data: bytes, headers });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).id;
}

const tell = startStories({
  wire: true,
  prepare: async (given) => {
    ({ page, server } = given);
    const greeting = await addMedia('Greeting', tone(20));
    const closed = await addMedia('Closed today', tone(2));
    const response = { module: 'response', data: { code: 480, message: 'Shut', media: closed } };
    await publish(page, server, { name: 'Closed office', numbers: ['1000'], flow: response });
    const busy = { module: 'response', data: { code: 486 } };
    const menu = { module: 'menu', data: { greeting }, children: { 1: busy } };
    await publish(page, server, { name: 'Front desk', numbers: ['2000'], flow: menu });
  },
});
function story(name, run) {
  tell(name, (given) => {
    ({ page } = given);
    return run(given);
  });
}

const past = () => page.getByRole('table', { name: 'Calls' });
const live = () => page.getByRole('region', { name: 'In progress' });
const rowOf = (list, caller) => list.getByRole('row').filter({ hasText: caller });

story('a call is seen while it runs, with the block it is at, and is ended', async () => {
  await page.goto('/calls');
  await page.getByText('No calls found').waitFor();
  const call = callNumber(server, '2000', ['--from', '+14155550171', '--hangup-after', '60']);
  const row = rowOf(live(), '+1 415 555 0171');
  await row.getByText('Menu').waitFor();
  assert.match(await row.innerText(), /Front desk/);
  await row.getByText(RUNNING).waitFor();
  await row.getByRole('button', { name: 'End the call of +1 415 555 0171' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Let it go on' }).click();
  await row.getByRole('button', { name: /^End/ }).click();
  await question.getByRole('button', { name: 'End the call' }).click();
  await live().waitFor({ state: 'detached' });
  await rowOf(past(), '+1 415 555 0171').waitFor();
  assert.match(await call, /<- BYE/);
});

story('a call that has gone on to the next block is shown there', async () => {
  await page.goto('/calls');
  const options = ['--from', '+14155550172', '--dtmf', '1@2', '--hangup-after', '60'];
  const call = callNumber(server, '2000', options);
  const row = rowOf(live(), '+1 415 555 0172');
  await row.getByText('Menu').waitFor();
  await call;
  const over = rowOf(past(), '+1 415 555 0172');
  await over.waitFor();
  await over.getByRole('button').click();
  const steps = page.getByRole('region', { name: 'Path' }).getByRole('listitem');
  assert.match(await steps.nth(0).innerText(), /Menu[\s\S]*pressed 1/);
  assert.match(await steps.nth(1).innerText(), /Response/);
  await page.getByText(/486 went along as the Reason/).waitFor();
  const heard = page.getByRole('region', { name: 'Audio to the caller' });
  assert.match(await heard.innerText(), /Greeting[\s\S]*a key was pressed/);
});

story('a past call has its ladder, and what was heard', async () => {
  await callNumber(server, '1000', ['--from', '+14155550188', '--expect-code', '480']);
  await page.goto('/calls');
  const row = rowOf(past(), '+1 415 555 0188');
  await row.waitFor();
  assert.match(await row.innerText(), /1000[\s\S]*480[\s\S]*Shut/);
  await row.getByRole('button').click();
  const ladder = page.getByRole('region', { name: 'SIP messages' }).getByRole('img');
  const messages = (await ladder.getAttribute('aria-label')).split('; ');
  const order = ['INVITE', '100 Trying', '183', 'Closed today, 2.0 s', '480 Shut', ' ACK'];
  const places = order.map((one) => messages.findIndex((message) => message.includes(one)));
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
    messages.join('\n'),
  );
  assert.ok(!places.includes(-1), messages.join('\n'));
  const heard = page.getByRole('region', { name: 'Audio to the caller' });
  assert.match(await heard.innerText(), /Closed today\s+Heard to the end: 2\.0 s\s+100 packets/);
});

story('“open in diagram” leads to the version that the call took', async () => {
  await page.goto('/calls');
  const row = rowOf(past(), '+1 415 555 0188');
  await row.getByRole('button').click();
  await page.getByRole('link', { name: 'Open in diagram' }).click();
  await page.waitForURL(/\/callflows\/[^/?]+\?revision=1&call=/);
  await page.locator('.flow-block[data-path="true"]', { hasText: '480' }).waitFor();
});

story('the history is searched by number, code, phrase and callflow', async () => {
  await page.goto('/calls');
  await rowOf(past(), '+1 415 555 0188').waitFor();
  const only = async (caller) => {
    await rowOf(past(), caller === '0188' ? '0172' : '0188').waitFor({ state: 'detached' });
    await rowOf(past(), caller).first().waitFor();
  };
  const search = page.getByLabel('Search calls');
  await search.fill('+1 415 555 0188');
  await only('0188');
  await search.fill('shut');
  await only('0188');
  await search.fill('front desk');
  await only('0172');
  await search.fill('480');
  await only('0188');
  await search.fill('');
  await page.getByLabel('Callflow', { exact: true }).selectOption({ label: 'Front desk' });
  await only('0172');
  await search.fill('nobody');
  await page.getByText('No calls found').waitFor();
});

story('the history is searched by Call-ID', async () => {
  const answer = await page.request.get(`${CALLS}?search=0188`);
  const [call] = (await answer.json()).items;
  await page.goto('/calls');
  await page.getByLabel('Search calls').fill(call.call_id);
  await rowOf(past(), '0172').waitFor({ state: 'detached' });
  await rowOf(past(), '0188').waitFor();
});

story('a number that nobody answers is in the history', async () => {
  await callNumber(server, '4711', ['--from', '+14155550190', '--expect-code', '404']);
  await page.goto('/calls');
  const row = rowOf(past(), '+1 415 555 0190');
  await row.getByText('404').waitFor();
  await row.getByRole('button').click();
  await page.getByText('No callflow answers this number.').waitFor();
});

story('who sent a call on is told, and what came of it', async () => {
  const seat = await addSeat(page, { first: 'Tilda' });
  const user = /phone-\w+/.exec(await seat.shown.innerText())[0];
  await done(page, seat);
  const port = await registerPhone(server, { ...seat, user });
  await whilePhone(server, 'phone_transfers', port, () =>
    callNumber(server, seat.extension, ['--from', '+14155550195', '--expect-code', '200']),
  );
  await page.goto('/calls');
  const row = rowOf(past(), '+1 415 555 0195');
  await row.getByRole('button').click();
  const list = page.getByRole('region', { name: 'Transfers' });
  const entry = list.getByRole('listitem');
  await entry.getByText('phone 1 sent the other party to 1999').waitFor();
  await entry.getByText('404 Not Found').waitFor();
  assert.equal(await entry.count(), 1);
});

const ladderOf = (part) => part.getByRole('region', { name: 'SIP messages' }).getByRole('img');
const heads = (ladder) => ladder.locator('.ladder-head').allTextContents();

async function addPhone(first) {
  const seat = await addSeat(page, { first });
  const user = /phone-\w+/.exec(await seat.shown.innerText())[0];
  await done(page, seat);
  return { ...seat, port: await registerPhone(server, { ...seat, user }) };
}

story('each phone that was rung has a column: its messages, who talked, and why not', async () => {
  const busy = await addPhone('Rita');
  const answers = await addPhone('Otto');
  const seats = await (await page.request.get('/api/v1/accounts/default/seats')).json();
  const endpoints = [busy, answers].map(({ name }) => ({
    id: seats.items.find((one) => one.name === name).id,
  }));
  const group = { module: 'ring_group', data: { name: 'Both', endpoints } };
  await publish(page, server, { name: 'Ring both', numbers: ['3000'], flow: group });
  const options = ['--from', '+14155550196', '--expect-code', '200', '--hangup-after', '1'];
  await whilePhone(server, 'phone_busy', busy.port, () =>
    whilePhone(server, 'phone_answers', answers.port, () => callNumber(server, '3000', options)),
  );
  await page.goto('/calls');
  await rowOf(past(), '+1 415 555 0196').getByRole('button').click();
  const ladder = ladderOf(page);
  assert.deepEqual(await heads(ladder), ['Caller', 'Strowger', 'Rita', 'Otto']);
  const said = await ladder.getAttribute('aria-label');
  for (const one of [
    'Caller → Strowger: INVITE + SDP',
    'Strowger → Rita: INVITE + SDP',
    'Rita → Strowger: 486 Busy Here',
    'Otto → Strowger: 200 OK + SDP',
    'Strowger → Otto: BYE',
    ' Talk, 1.',
  ]) {
    assert.ok(said.includes(one), `${one} is missing in ${said}`);
  }
  assert.equal(await ladder.locator('.ladder-final').count(), 1);
  const rung = page.getByRole('region', { name: 'Rung' }).getByRole('listitem');
  assert.match(await rung.nth(0).innerText(), /Rita\s+Ext \d+[\s\S]*486 Busy Here/);
  assert.match(await rung.nth(1).innerText(), /Otto[\s\S]*200 OK/);
});

story('a wide ladder scrolls by keyboard, its times stay', async ({ open }) => {
  const narrow = await open({ viewport: { width: 390, height: 800 } });
  await narrow.goto('/calls');
  const row = narrow.getByRole('table', { name: 'Calls' }).getByRole('row');
  await row.filter({ hasText: '+1 415 555 0196' }).getByRole('button').click();
  const place = narrow.locator('[data-ladder]');
  await place.focus();
  await narrow.keyboard.press('ArrowRight');
  await narrow.waitForFunction((part) => part.scrollLeft > 0, await place.elementHandle());
  const [outer, times] = await Promise.all(
    [place, place.locator('.ladder-times')].map((part) => part.boundingBox()),
  );
  assert.equal(Math.round(times.x), Math.round(outer.x));
  await closePage(narrow);
});

story('a viewer sees live calls, and ends none', async ({ open }) => {
  const login = await addUser(page, server, 'vera', 'viewer');
  page = await open({ login });
  await page.goto('/calls');
  const call = callNumber(server, '2000', ['--from', '+14155550173', '--hangup-after', '4']);
  const row = rowOf(live(), '+1 415 555 0173');
  await row.getByText('Menu').waitFor();
  assert.equal(await page.getByRole('button', { name: /^End/ }).count(), 0);
  await page.getByText('View only').waitFor();
  await call;
  await closePage(page);
});
