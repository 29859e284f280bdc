// Debian's Chromium, and what people do with the configurator.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium, request } from 'playwright-core';
import { callNumber } from './server.mjs';

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
export const STEP_MS = 15_000;
// Chromium's own beeping microphone, allowed without asking.
export const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

// The same engine without a window around the page, if it is there: half the work.
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

export function startBrowser(args = []) {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find(existsSync);
  assert.ok(executablePath, `none of ${BROWSERS.join(', ')} is installed`);
  return chromium.launch({ executablePath, headless: true, args: [...QUIET, ...args] });
}

// Makes the context a user's. One session serves all pages of a login: hashing its password for
// each would cost more than many a test.
async function logIn(context, server, login) {
  const key = JSON.stringify(login);
  if (!server.sessions.has(key)) {
    const headers = { Origin: server.url };
    const answer = await context.request.post('/api/v1/session', { data: login, headers });
    assert.equal(answer.status(), 200, await answer.text());
    server.sessions.set(key, await context.cookies());
  }
  await context.addCookies(server.sessions.get(key));
}

// Ends the session of a page, and with it that of all pages of its login.
export async function endSession(page, server) {
  const headers = { Origin: server.url };
  const answer = await page.request.delete('/api/v1/session', { headers });
  assert.equal(answer.status(), 204);
  server.sessions.clear();
}

// A page that is logged in, without animations: they cost time, and things move under the pointer.
// Errors of the page, and of its content security policy, fail the test.
export async function openPage(browser, server, { login = server.login, ...options } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    baseURL: server.url,
    reducedMotion: 'reduce',
    ...options,
  });
  if (login) await logIn(context, server, login);
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security|Uncaught/.test(message.text())) {
      page.faults.push(message.text());
    }
  });
  return page;
}

// A user with that role in the account that the tests use. → how to log in
export async function addUser(page, server, user, role) {
  const login = { user, password: `${user}-of-the-tests` };
  const headers = { Origin: server.url, 'If-None-Match': '*' };
  const data = { id: user, name: user, system: false, roles: { default: role } };
  const body = { ...data, password: login.password };
  const answer = await page.request.put(`/api/v1/users/${user}`, { data: body, headers });
  assert.equal(answer.status(), 201, await answer.text());
  // Who makes a user knows the password: the app asks the user for another one first.
  const own = await request.newContext({
    baseURL: server.url,
    extraHTTPHeaders: { Origin: server.url },
  });
  const chosen = `${user}-chose-this`;
  await own.post('/api/v1/session', { data: login });
  const change = { data: { current: login.password, new: chosen } };
  assert.equal((await own.put(`/api/v1/users/${user}/password`, change)).status(), 204);
  await own.dispose();
  return { user, password: chosen };
}

// A callflow that is live, without drawing it. → its id
export async function publish(page, server, document) {
  const headers = { Origin: server.url };
  const to = '/api/v1/accounts/default/callflows?publish=true';
  const answer = await page.request.post(to, { data: document, headers });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).id;
}

export async function closePage(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

// A new callflow with a name and the next free extension, not saved yet. → the extension
export async function drawNew(page, name) {
  await page.goto('/callflows/new');
  await page.locator('#block-main').click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Find free' }).click();
  const tag = page.getByRole('dialog').locator('.tag').first();
  await tag.waitFor();
  const extension = (await tag.innerText()).trim();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return extension;
}

export async function dragAction(page, action, target) {
  await page.dragAndDrop(`[data-action="${action}"]`, target);
}

export async function fillResponse(page, { code, message, media }) {
  await page.locator('#response-code').fill(String(code));
  await page.keyboard.press('Enter');
  if (message !== undefined) await page.getByLabel('Message').fill(message);
  if (media !== undefined) {
    await page.locator('[data-media-menu]').click();
    await page.getByRole('menuitem', { name: media }).click();
  }
}

export async function dropResponse(page, fields, target = '[data-plus="main"]') {
  await dragAction(page, 'response', target);
  await fillResponse(page, fields);
  await page.getByRole('button', { name: 'Add Response' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

export async function saveBy(page, entry) {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${entry}`) }).click();
}

// Saves and waits until the new version is live.
export async function saveChanges(page) {
  await saveBy(page, 'Save Changes');
  await page
    .getByText(/Version \d+ is live/)
    .first()
    .waitFor();
}

export function faces(page) {
  return page.locator('.flow-block:not(.block-main) .block-value').allInnerTexts();
}

export async function savedDocument(page) {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const answer = await page.request.get(`/api/v1/accounts/default/callflows/${id}`);
  assert.equal(answer.status(), 200);
  return (await answer.json()).document;
}

// What was drawn is what a caller gets: by SIP where there is a wire, else by what was stored.
export async function expectOnWire(page, server, number, { code, phrase, options = [] }) {
  const seen = await callNumber(server, number, ['--expect-code', String(code), ...options]);
  if (seen !== null) {
    assert.ok(!seen.startsWith('failed'), seen);
    if (phrase) assert.ok(seen.includes(phrase), `${phrase} is not in:\n${seen}`);
    return seen;
  }
  const answer = await page.request.get('/api/v1/accounts/default/callflows?limit=1000');
  const { items } = await answer.json();
  const owner = items.find((one) => one.numbers.includes(number));
  assert.ok(owner?.published, `${number} is not live`);
  const stored = await page.request.get(`/api/v1/accounts/default/callflows/${owner.id}`);
  const text = await stored.text();
  assert.ok(text.includes(`"code":${code}`), text);
  return null;
}

export async function signIn(page, user, password) {
  await page.getByLabel('User name').fill(user);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
