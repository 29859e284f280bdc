// Phones of every kind, a seat's or nobody's: made, found, changed, removed.
import assert from 'node:assert/strict';
import { addUser } from './browser.mjs';
import { registerPhone } from './phone.mjs';
import { expectToldOnce, expectWrong } from './refusals.mjs';
import { addSeat, done } from './seats.mjs';
import { startStories } from './stories.mjs';

const API = '/api/v1/accounts/default';
const story = startStories({ wire: true });

async function send(page, server, method, to, data, more = {}) {
  const headers = { Origin: server.url, ...more };
  const answer = await page.request.fetch(`${API}${to}`, { method, data, headers });
  assert.ok(answer.ok(), `${method} ${to}: ${await answer.text()}`);
  return answer.json();
}

// By the API, for stories that are about something else. → its login
async function addPhone(page, server, document) {
  return (await send(page, server, 'POST', '/devices', document)).new_device;
}

async function documentOf(page, id) {
  const answer = await page.request.get(`${API}/devices/${id}`);
  assert.equal(answer.status(), 200);
  return (await answer.json()).document;
}

async function openDialog(page) {
  await page.goto('/phones');
  await page.getByRole('button', { name: 'New phone' }).click();
  return page.getByRole('dialog', { name: 'New phone' });
}

const panelOf = (page, name) => page.getByRole('complementary', { name, exact: true });
const idIn = (page) => new URL(page.url()).pathname.split('/').at(-1);

async function saveIn(page, panel, name) {
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText(`${name} is saved`).first().waitFor();
}

story('a door phone is nobody’s, and comes with its settings', async ({ page }) => {
  const dialog = await openDialog(page);
  await dialog.getByLabel('Name').fill('Front door');
  assert.equal(await dialog.getByLabel('Belongs to').inputValue(), '');
  await dialog.getByRole('button', { name: 'Add phone' }).click();
  const shown = page.getByRole('dialog', { name: 'Front door is ready' });
  assert.ok((await shown.getByLabel('Password').innerText()).trim().length >= 12);
  // Nobody has a seat yet: what it registers with is known all the same.
  await shown.getByText(/^127\.0\.0\.1:\d+ \(UDP\)$/).waitFor();
  await shown.getByRole('img', { name: 'The settings as a QR code' }).waitFor();
  await shown.getByRole('button', { name: 'Done' }).click();
  const panel = panelOf(page, 'Front door');
  await panel.getByText(/^phone-\w+$/).waitFor();
  await page.getByRole('row', { name: /Front door.*Nobody.*SIP phone.*Offline/ }).waitFor();
  const { id, name, sip, owner_id } = await documentOf(page, idIn(page));
  assert.deepEqual([id, name, owner_id], [idIn(page), 'Front door', undefined]);
  assert.match(sip.username, /^phone-/);
});

story('a limit and encryption are set, and taken back; the rest stays', async (given) => {
  const { page, server } = given;
  const before = {
    id: 'lobby',
    name: 'Lobby',
    device_type: 'sip_device',
    sip: { username: 'lobby', custom_sip_headers: { out: { 'X-Floor': '1' } } },
    media: { audio: { codecs: ['PCMA'] } },
    provision: { endpoint_brand: 'example' },
  };
  await addPhone(page, server, before);
  await page.goto('/phones/lobby');
  const panel = panelOf(page, 'Lobby');
  await panel.getByLabel('Calls at once').fill('2');
  await panel.getByLabel('Encrypted calls only').check();
  await panel.getByLabel('Ask whether it is there').selectOption({ label: 'Never' });
  await saveIn(page, panel, 'Lobby');
  assert.deepEqual(await documentOf(page, 'lobby'), {
    ...before,
    sip: { ...before.sip, qualify_s: 0 },
    media: { ...before.media, encryption: { enforce_security: true } },
    limits: { concurrent_calls: 2 },
  });
  await panel.getByLabel('Calls at once').fill('');
  await panel.getByLabel('Encrypted calls only').uncheck();
  await panel.getByLabel('Ask whether it is there').selectOption({ label: 'As the account says' });
  const saved = page.waitForResponse((one) => one.request().method() === 'PUT');
  await panel.getByRole('button', { name: 'Save' }).click();
  assert.equal((await saved).status(), 200);
  assert.deepEqual(await documentOf(page, 'lobby'), before);
});

story('what the server refuses is told at its field', async ({ page, server }) => {
  await addPhone(page, server, { id: 'hall', name: 'Hall' });
  await page.goto('/phones/hall');
  const panel = panelOf(page, 'Hall');
  await panel.getByLabel('Calls at once').fill('101');
  await panel.getByLabel('Ask whether it is there').selectOption('every');
  await panel.getByLabel('Every').fill('7');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel('Calls at once'), /100/);
  await expectWrong(page, panel.getByLabel('Every'), /15 to 3600/);
  await expectToldOnce(page, /15 to 3600/);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await panel.getByText(/15 to 3600/).waitFor({ state: 'detached' });
  await panel.getByLabel('Calls at once').fill('100');
  assert.equal(await panel.locator('.text-err').count(), 0);
  await panel.getByLabel('Ask whether it is there').selectOption('every');
  await panel.getByLabel('Every').fill('15');
  await saveIn(page, panel, 'Hall');
  assert.equal(await panel.locator('.text-err').count(), 0);
  const { limits, sip } = await documentOf(page, 'hall');
  assert.deepEqual([limits.concurrent_calls, sip.qualify_s], [100, 15]);
});

story('a mobile has a number and no password', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Mona' });
  await done(page, seat);
  const dialog = await openDialog(page);
  await dialog.getByLabel('Name').fill('Mona, on the road');
  await dialog.getByLabel('Kind').selectOption({ label: 'Mobile' });
  await dialog.getByLabel('Belongs to').selectOption({ label: `Mona, ${seat.extension}` });
  await dialog.getByRole('button', { name: 'Add phone' }).click();
  await dialog.getByText(/where to/).waitFor();
  await dialog.getByLabel('Its number').fill('+14155550142');
  await dialog.getByRole('button', { name: 'Add phone' }).click();
  const panel = panelOf(page, 'Mona, on the road');
  assert.equal(await panel.getByLabel('Its number').inputValue(), '+14155550142');
  assert.equal(await panel.getByRole('button', { name: 'New password' }).count(), 0);
  assert.equal(await panel.getByLabel('Encrypted calls only').count(), 0);
  const row = page.getByRole('row', { name: /Mona, on the road.*Mona.*Mobile/ });
  assert.doesNotMatch(await row.innerText(), /Offline|Registered/);
  const { call_forward, device_type, sip } = await documentOf(page, idIn(page));
  assert.deepEqual(call_forward, { enabled: true, number: '+14155550142' });
  assert.deepEqual([device_type, sip], ['cellphone', undefined]);
});

story('a bad SIP address is told at its field', async ({ page }) => {
  const dialog = await openDialog(page);
  await dialog.getByLabel('Kind').selectOption({ label: 'SIP address' });
  await dialog.getByLabel('Name').fill('Back door');
  const address = dialog.getByLabel('SIP address');
  await address.fill('door at the back');
  await dialog.getByRole('button', { name: 'Add phone' }).click();
  await expectWrong(page, address, /a SIP address like/);
  await expectToldOnce(page, /a SIP address like/);
  await address.fill('sip:door@192.0.2.7');
  await dialog.getByRole('button', { name: 'Add phone' }).click();
  await panelOf(page, 'Back door').waitFor();
  const { sip } = await documentOf(page, idIn(page));
  assert.deepEqual(sip, { route: 'sip:door@192.0.2.7' });
});

story('a phone that registers shows it, and where from', async ({ page, server }) => {
  const { username, secret } = await addPhone(page, server, { id: 'cellar', name: 'Cellar' });
  await page.goto('/phones/cellar');
  const panel = panelOf(page, 'Cellar');
  await panel.getByText('Offline').waitFor();
  const port = await registerPhone(server, { user: username, secret });
  await panel.getByText('Registered', { exact: true }).waitFor();
  await panel.getByText(new RegExp(`^127\\.0\\.0\\.1:${port} · UDP`)).waitFor();
  await page.getByRole('row', { name: /Cellar.*Registered/ }).waitFor();
});

story('the list is searched by name and user name', async ({ page, server }) => {
  await addPhone(page, server, { name: 'Warehouse', sip: { username: 'ware-1' } });
  await addPhone(page, server, { name: 'Garage', sip: { username: 'ware-2' } });
  await addPhone(page, server, { name: 'Attic', sip: { username: 'attic' } });
  await page.goto('/phones');
  const rows = page.getByRole('table', { name: 'Phones' }).locator('tbody tr');
  await rows.filter({ hasText: 'Attic' }).waitFor();
  await page.getByLabel('Search phones').fill('ware');
  await rows.filter({ hasText: 'Attic' }).waitFor({ state: 'detached' });
  assert.equal(await rows.count(), 2);
  await page.getByLabel('Search phones').fill('nothing-of-this-name');
  await page.getByText('No phones found').waitFor();
});

story('the list is filtered by seat, and searched within', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Olga' });
  const panel = await done(page, seat);
  await panel.getByRole('button', { name: 'Add phone' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await done(page, await addSeat(page, { first: 'Otto' }));
  await page.goto('/phones');
  const rows = page.getByRole('table', { name: 'Phones' }).locator('tbody tr');
  await rows.filter({ hasText: 'Otto' }).waitFor();
  await page.getByLabel('Phones of').selectOption({ label: `Olga, ${seat.extension}` });
  await rows.filter({ hasText: 'Otto' }).waitFor({ state: 'detached' });
  assert.equal(await rows.count(), 2);
  await page.getByLabel('Search phones').fill('phone 2');
  await rows.nth(1).waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'Olga, phone 2' }).waitFor();
  await page.getByLabel('Phones of').selectOption({ label: 'Everybody’s phones' });
  await page.getByLabel('Search phones').fill('');
  await rows.filter({ hasText: 'Otto' }).waitFor();
});

story('the list is searched by whose the phones are, and filtered by state', async ({
  page,
  server,
}) => {
  await done(page, await addSeat(page, { first: 'Petra' }));
  const owner_id = new URL(page.url()).pathname.split('/').pop();
  const name = 'Conservatory';
  await addPhone(page, server, { name, owner_id });
  const { username, secret } = await addPhone(page, server, { name: 'Barn' });
  await addPhone(page, server, { name: 'Silo', enabled: false });
  await registerPhone(server, { user: username, secret });
  await page.goto('/phones');
  const rows = page.getByRole('table', { name: 'Phones' }).locator('tbody tr');
  await rows.filter({ hasText: 'Silo' }).waitFor();
  await page.getByLabel('Search phones').fill('petra');
  await rows.filter({ hasText: 'Silo' }).waitFor({ state: 'detached' });
  await rows.filter({ hasText: name }).waitFor();
  await page.getByLabel('Search phones').fill('');
  await page.getByLabel('State', { exact: true }).selectOption('Registered');
  await rows.filter({ hasText: name }).waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'Barn' }).waitFor();
  await page.getByLabel('State', { exact: true }).selectOption('Disabled');
  await rows.filter({ hasText: 'Barn' }).waitFor({ state: 'detached' });
  await rows.filter({ hasText: 'Silo' }).waitFor();
  await page.getByLabel('State', { exact: true }).selectOption('Out of reach');
  await page.getByText('No phones found').waitFor();
});

story('seat and phone link to each other', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Selma' });
  const panel = await done(page, seat);
  const link = panel.getByRole('region', { name: 'Phones' }).getByRole('link').first();
  const name = await link.innerText();
  await link.click();
  const phone = panelOf(page, name);
  await phone.getByLabel('Name').fill('Selma, desk');
  await saveIn(page, phone, 'Selma, desk');
  await page.getByRole('row', { name: /^Selma, desk/ }).getByRole('link').click();
  await panelOf(page, 'Selma').getByRole('link', { name: 'Selma, desk' }).waitFor();
  await page.goBack();
  await panelOf(page, 'Selma, desk').waitFor();
  await page.reload();
  const again = panelOf(page, 'Selma, desk');
  await again.getByRole('link', { name: 'Selma', exact: true }).waitFor();
  await again.getByLabel('Belongs to').selectOption({ label: 'Nobody' });
  await saveIn(page, again, 'Selma, desk');
  assert.equal((await documentOf(page, idIn(page))).owner_id, undefined);
});

story('a phone that something rings is not removed, and it is said what', async (given) => {
  const { page, server } = given;
  await addPhone(page, server, { id: 'gate', name: 'Gate' });
  const endpoints = [{ endpoint_type: 'device', id: 'gate' }];
  const group = await send(page, server, 'POST', '/ring_groups', { name: 'Outside', endpoints });
  await page.goto('/phones/gate');
  const panel = panelOf(page, 'Gate');
  await panel.getByRole('region', { name: 'Used by' }).getByText('Outside').waitFor();
  const remove = async () => {
    await panel.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  };
  await remove();
  await page.getByText('Gate is still used, so it is not removed').waitFor();
  await page.getByText('Used by: Outside').waitFor();
  await page.request.fetch(`${API}/ring_groups/${group.id}`, {
    method: 'DELETE',
    headers: { Origin: server.url, 'If-Match': '*' },
  });
  await remove();
  await panel.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /Gate/ }).waitFor({ state: 'detached' });
});

story('who saved meanwhile is not overwritten', async ({ page, server }) => {
  const meant = { id: 'annex', name: 'Annex', sip: { username: 'annex' } };
  await addPhone(page, server, meant);
  await page.route('**/events?*', (route) => route.abort());
  await page.goto('/phones/annex');
  const panel = panelOf(page, 'Annex');
  await panel.getByLabel('Calls at once').fill('3');
  const others = { ...meant, name: 'Annexe' };
  await send(page, server, 'PUT', '/devices/annex', others, { 'If-Match': '*' });
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('You see it as it is now. Save again to change it.').waitFor();
  const now = panelOf(page, 'Annexe');
  assert.equal(await now.getByLabel('Calls at once').inputValue(), '3');
  await saveIn(page, now, 'Annexe');
  assert.deepEqual(await documentOf(page, 'annex'), {
    ...others,
    limits: { concurrent_calls: 3 },
  });
});

story('a phone gets a new password, and is disabled', async ({ page, server }) => {
  await addPhone(page, server, { id: 'yard', name: 'Yard' });
  await page.goto('/phones/yard');
  const panel = panelOf(page, 'Yard');
  await panel.getByRole('button', { name: 'New password' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'New password' }).click();
  const shown = page.getByRole('dialog', { name: 'Phone Yard' });
  assert.ok((await shown.getByLabel('Password').innerText()).trim().length >= 12);
  await shown.getByRole('button', { name: 'Done' }).click();
  await panel.getByLabel('Enabled').uncheck();
  await panel.getByLabel('Do not disturb').check();
  await saveIn(page, panel, 'Yard');
  await page.getByRole('row', { name: /Yard.*Disabled/ }).waitFor();
  const { enabled, do_not_disturb } = await documentOf(page, 'yard');
  assert.deepEqual([enabled, do_not_disturb], [false, { enabled: true }]);
});

story('a viewer sees phones, and no way to change them', async ({ page, server, open }) => {
  await addPhone(page, server, { id: 'roof', name: 'Roof' });
  const theirs = await open({ login: await addUser(page, server, 'vito', 'viewer') });
  await theirs.goto('/phones');
  await theirs.getByRole('button', { name: /^Roof/ }).click();
  const panel = panelOf(theirs, 'Roof');
  await panel.getByText(/^phone-\w+$/).waitFor();
  const fields = panel.locator('input, select, textarea');
  assert.ok((await fields.count()) > 6);
  assert.equal(await panel.locator('input:enabled, select:enabled').count(), 0);
  const changes = /^(New|Add|Save|Delete|Remove|Disable|Undo|Find)\b/;
  assert.equal(await theirs.getByRole('button', { name: changes }).count(), 0);
  await theirs.context().close();
});
