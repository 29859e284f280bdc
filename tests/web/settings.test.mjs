// Settings of an account, and its audit log.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, expectOnWire, openPage, startBrowser } from './browser.mjs';
import { addSeat, done } from './seats.mjs';
import { startServer } from './server.mjs';
import { tone } from './sound.mjs';

const ROWS_A_PAGE = 100; // web/src/api/pages.ts
const MEDIA = '/api/v1/accounts/default/media';
let server;
let browser;

async function addSound(page, id, name) {
  const added = await page.request.post(`${MEDIA}?id=${id}&name=${name}`, {
    data: tone(1),
    headers: { Origin: server.url, 'Content-Type': 'audio/wav' },
  });
  assert.equal(added.status(), 201, await added.text());
}

before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test('settings are saved, and a save over another one is refused', async () => {
  const page = await openPage(browser, server);
  await page.goto('/settings');
  const save = page.getByRole('button', { name: 'Save' });
  assert.equal(await save.isDisabled(), true);
  await page.getByLabel('Longest audio before a call is refused').fill('45');
  await page.getByLabel('Ask phones whether they are there').fill('30');
  await save.click();
  await page.getByText('The settings are saved').waitFor();
  await page.reload();
  await page.locator('input[value="45"]').waitFor();
  await page.locator('input[value="30"]').waitFor();

  const unknown = page.getByRole('group', { name: 'Nobody has the number that was called' });
  await unknown.getByLabel('A code and message of our own').check();
  await unknown.getByRole('textbox', { name: 'Message' }).fill('Not one of ours');
  const address = '/api/v1/accounts/default/settings';
  const headers = { Origin: server.url, 'If-Match': '*' };
  const data = { early_media_max_s: 60 };
  assert.equal((await page.request.put(address, { data, headers })).status(), 200);
  await save.click();
  await page.getByText('Somebody else saved meanwhile').waitFor();
  await save.click();
  await page.getByText('The settings are saved').waitFor();
  const stored = await (await page.request.get(address)).json();
  const unknown_number = { code: 404, message: 'Not one of ours' };
  assert.deepEqual(stored, { ...data, unknown_number });
  await expectOnWire(page, server, '5555', { code: 404, phrase: 'Not one of ours' });
  await closePage(page);
});

test('who can’t be connected hears an announcement of the account, and gets its code', async () => {
  const page = await openPage(browser, server);
  const address = '/api/v1/accounts/default/settings';
  const headers = { Origin: server.url, 'If-Match': '*' };
  assert.equal((await page.request.put(address, { data: {}, headers })).status(), 200);
  await addSound(page, 'closed', 'Closed');
  await page.goto('/settings');
  const absent = page.getByRole('group', { name: 'No phone is registered' });
  await absent.getByText('480 Subscriber absent').waitFor();
  await absent.getByLabel('A code and message of our own').check();
  await absent.getByRole('textbox', { name: 'Message' }).fill('Out of office');
  await absent.getByRole('button', { name: 'Media' }).click();
  await page.getByRole('menuitem', { name: 'Closed' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The settings are saved').waitFor();
  const stored = await (await page.request.get(address)).json();
  assert.deepEqual(stored.cause_responses, {
    SUBSCRIBER_ABSENT: { code: 480, message: 'Out of office', media: 'closed' },
  });

  const gone = await page.request.delete(`${MEDIA}/closed`, { headers });
  assert.equal(gone.status(), 409, await gone.text());

  const seat = await addSeat(page, { first: 'Anna' });
  await done(page, seat);
  await expectOnWire(page, server, seat.extension, { code: 480, phrase: 'Out of office' });
  await closePage(page);
});

test('what may leave in an hour, classes of numbers, and sound between codecs', async () => {
  const page = await openPage(browser, server);
  const address = '/api/v1/accounts/default/settings';
  const headers = { Origin: server.url, 'If-Match': '*' };
  assert.equal((await page.request.put(address, { data: {}, headers })).status(), 200);
  await page.goto('/settings');
  const calls = page.getByLabel('Calls of a seat');
  assert.equal(await calls.getAttribute('placeholder'), '60');
  await calls.fill('12');
  await page.getByLabel('Minutes of the account').fill('90');
  await page.getByLabel('A table of our own').check();
  await page.getByRole('button', { name: 'Add class' }).click();
  await page.getByLabel('Name of class 7').fill('mobile');
  await page.getByLabel('Pattern of class 7').fill('(');
  await page.getByRole('button', { name: 'Class 7 up' }).click();
  await page.getByRole('button', { name: 'Remove class 1' }).click();
  await page.getByLabel('Convert sound where two phones').uncheck();
  const save = page.getByRole('button', { name: 'Save' });
  await save.click();
  await page.getByText('number_classes/4/pattern: no RE2 pattern').waitFor();
  assert.equal(await page.getByLabel('Name of class 5').inputValue(), 'mobile');
  await page.getByLabel('Pattern of class 5').fill(String.raw`\+491[567]\d+`);
  await save.click();
  await page.getByText('The settings are saved').waitFor();
  const stored = await (await page.request.get(address)).json();
  assert.deepEqual(stored.outbound_limits, { minutes_per_hour: 90, seat_calls_per_hour: 12 });
  assert.deepEqual(stored.media, { transcode: false });
  assert.deepEqual(
    stored.number_classes.map((one) => one.name),
    ['premium', 'national', 'international', 'internal', 'mobile', 'local'],
  );
  await page.reload();
  assert.equal(await page.getByLabel('Convert sound where two phones').isChecked(), false);
  await page.getByLabel('A table of our own').uncheck();
  await page.getByLabel('Calls of a seat').fill('');
  await save.click();
  await page.getByText('The settings are saved').waitFor();
  const after = await (await page.request.get(address)).json();
  assert.equal('number_classes' in after, false);
  assert.deepEqual(after.outbound_limits, { minutes_per_hour: 90 });
  await closePage(page);
});

test('what is asked before the 1 is a sound of the account, or the built-in words', async () => {
  const page = await openPage(browser, server);
  const address = '/api/v1/accounts/default/settings';
  const headers = { Origin: server.url, 'If-Match': '*' };
  assert.equal((await page.request.put(address, { data: {}, headers })).status(), 200);
  await addSound(page, 'question', 'Question');
  await page.goto('/settings');
  const asked = page.getByLabel('Heard by who has to press 1');
  const save = page.getByRole('button', { name: 'Save' });
  await asked.selectOption('Question');
  await save.click();
  await page.getByText('The settings are saved').waitFor();
  const stored = await (await page.request.get(address)).json();
  assert.deepEqual(stored.media, { keypress_prompt: 'question' });
  const gone = await page.request.delete(`${MEDIA}/question`, { headers });
  assert.equal(gone.status(), 409, await gone.text());

  await page.reload();
  await asked.and(page.locator('select:has(option:checked[value="question"])')).waitFor();
  await asked.selectOption('The built-in words, in English');
  await save.click();
  await page.getByText('The settings are saved').waitFor();
  const after = await (await page.request.get(address)).json();
  assert.equal('keypress_prompt' in (after.media ?? {}), false);
  await closePage(page);
});

test('the audit log: newest first, searched, by pages, with the way to its objects', async () => {
  const page = await openPage(browser, server);
  const headers = { Origin: server.url };
  const post = async (path, data) => {
    const answer = await page.request.post(`/api/v1/accounts/default${path}`, { data, headers });
    assert.equal(answer.status(), 201, await answer.text());
  };
  await post('/callflows', { id: 'sales', name: 'Sales', numbers: ['1100'], flow: {} });
  for (let number = 0; number <= ROWS_A_PAGE; number += 1) {
    await post('/numbers', { number: `+1415555${1000 + number}` });
  }
  await page.goto('/audit');
  const rows = page.getByRole('table', { name: 'Audit log' }).locator('tbody tr');
  await rows.first().getByText('Added the number +14155551100').waitFor();
  assert.equal(await rows.count(), ROWS_A_PAGE);
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('+14155551000', { exact: true }).waitFor();

  await page.getByLabel('Search the audit log').fill('callflow.create');
  const entry = page.getByRole('row', { name: /admin.*Created the callflow Sales/ });
  await rows.nth(1).waitFor({ state: 'detached' });
  await entry.getByRole('link', { name: 'Sales' }).click();
  await page.waitForURL(/callflows\/sales/);
  await closePage(page);
});

test('the system administrator sees sign-ins too, refused ones among them', async () => {
  const page = await openPage(browser, server);
  const data = { user: 'admin', password: 'a-wrong-guess' };
  const headers = { Origin: server.url };
  assert.equal((await page.request.post('/api/v1/session', { data, headers })).status(), 401);
  await page.goto('/audit');
  await page.getByRole('button', { name: 'Sign-ins and users' }).click();
  await page.getByRole('row', { name: /Nobody.*Was refused at sign-in admin/ }).waitFor();
  await page
    .getByRole('row', { name: /admin.*Signed in admin/ })
    .first()
    .waitFor();
  await closePage(page);
});
