// Seats with their phones, and ring groups: made, shown, changed, removed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import decodeQR from 'qr/decode.js';
import {
  addUser,
  dragAction,
  drawNew,
  expectOnWire,
  faces,
  saveChanges,
  savedDocument,
} from './browser.mjs';
import { registerPhone, whilePhone } from './phone.mjs';
import { expectRight, expectToldOnce, expectWrong } from './refusals.mjs';
import { addSeat, done } from './seats.mjs';
import { startStories } from './stories.mjs';

const HOSTILE = '<img src=x onerror=alert(1)> "\'&';
const API = '/api/v1/accounts/default';
const story = startStories({ wire: true });

// What a camera would see of a code that is drawn as squares.
async function seen(code) {
  const side = Number((await code.getAttribute('viewBox')).split(' ')[2]);
  const path = await code.locator('path').getAttribute('d');
  const zoom = 4;
  const width = side * zoom;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let row = y * zoom; row < (Number(y) + 1) * zoom; row += 1) {
      for (let at = x * zoom; at < (Number(x) + 1) * zoom; at += 1) {
        data.fill(0, (row * width + at) * 4, (row * width + at) * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

story('a seat comes with the settings of its phone, and is listed', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Anna', last: 'Berg' });
  assert.ok(seat.secret.length >= 12);
  await seat.shown.getByText('Settings of the phone').waitFor();
  await seat.shown.getByText(/:\d+ \(UDP\)/).waitFor();
  await done(page, seat);
  const row = new RegExp(`Anna Berg.*${seat.extension}.*Offline`);
  await page.getByRole('row', { name: row }).waitFor();
  await page.reload();
  assert.equal(await page.getByText(seat.secret).count(), 0);
  await page.getByLabel('Search seats').fill('nobody-of-this-name');
  await page.getByText('No seats found').waitFor();
});

story('the settings of a phone are a QR code, too, as long as they are shown', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Quirin' });
  const code = seat.shown.getByRole('img', { name: 'The settings as a QR code' });
  await code.waitFor();
  const user = /phone-\w+/.exec(await seat.shown.innerText())[0];
  const lines = decodeQR(await seen(code)).split('\n');
  assert.equal(lines[0], `User name: ${user}`);
  assert.equal(lines[1], `Password: ${seat.secret}`);
  assert.match(lines[3], /^Server: .+:\d+ \(UDP\)/);
  await done(page, seat);
  assert.equal(await code.count(), 0);
});

story('the list is filtered by state, and saved as a file', async ({ page }) => {
  await done(page, await addSeat(page, { first: '=Formula', last: 'Friedl' }));
  const panel = await done(page, await addSeat(page, { first: 'Frida' }));
  await panel.getByLabel('Do not disturb').check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Frida is saved').waitFor();
  await page.getByLabel('Search seats').fill('fri');
  const rows = page.getByRole('table', { name: 'Seats' }).locator('tbody tr');
  await rows.nth(2).waitFor({ state: 'detached' });
  const save = page.getByRole('button', { name: 'Export as CSV' });
  const file = async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    assert.equal(download.suggestedFilename(), 'seats.csv');
    return readFileSync(await download.path(), 'utf8')
      .replace('\uFEFF', '')
      .split('\r\n');
  };
  const all = await file();
  assert.equal(all[0], 'Name,E-mail,Extension,State,Phones,ID');
  assert.ok(
    all.some((line) => line.startsWith("'=Formula Friedl,")),
    all.join('\n'),
  );
  await page.getByLabel('State', { exact: true }).selectOption({ label: 'Do not disturb' });
  await rows.nth(1).waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /Frida.*Do not disturb/ }).waitFor();
  const some = await file();
  assert.equal(some.length, 3, some.join('\n'));
  assert.match(some[1], /^Frida,,\d+,Do not disturb,1,/);
});

story('a seat is changed: name, do not disturb, forwarding', async ({ page }) => {
  const panel = await done(page, await addSeat(page, { first: 'Boris' }));
  await panel.getByLabel('Last name').fill('Lind');
  await panel.getByLabel('Rings for').fill('35');
  await panel.getByLabel('Do not disturb').check();
  await panel.getByLabel('Call forwarding').check();
  await panel.getByLabel('Forward to').fill('+14155550142');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Boris Lind is saved').waitFor();
  await page.getByRole('row', { name: /Boris Lind.*Do not disturb/ }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: /^Boris Lind/ }).click();
  const again = page.getByRole('complementary', { name: 'Boris Lind' });
  assert.equal(await again.getByLabel('Rings for').inputValue(), '35');
  assert.equal(await again.getByLabel('Forward to').inputValue(), '+14155550142');
});

// Below the title of its panel, which stays.
async function inView(panel, field) {
  const title = await panel.getByRole('heading').first().boundingBox();
  return (await field.boundingBox()).y > title.y + title.height;
}

story('what the server refuses of a seat is told at its field', async ({ page }) => {
  const panel = await done(page, await addSeat(page, { first: 'Rita' }));
  await panel.getByLabel('E-mail').fill('nobody');
  await panel.getByLabel('Extension').fill('10 20');
  await panel.getByLabel('Rings for').fill('301');
  await panel.getByLabel('Outgoing number').fill('one two');
  await panel.getByLabel('Call forwarding').check();
  await panel.getByText('Made with it:').scrollIntoViewIfNeeded();
  assert.equal(await inView(panel, panel.getByLabel('E-mail')), false);
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel('E-mail'), /anna@example\.com/);
  await expectWrong(page, panel.getByLabel('Extension'), /digits as they are dialled/);
  await expectWrong(page, panel.getByLabel('Rings for'), /1 to 300/);
  await expectWrong(page, panel.getByLabel('Outgoing number'), /1 to 35 digits/);
  await expectWrong(page, panel.getByLabel('Forward to'), /where to/);
  await expectRight(page, panel.getByLabel('First name'));
  await expectToldOnce(page, /where to/);
  assert.equal(await inView(panel, panel.getByLabel('E-mail')), true);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await panel.getByLabel('Last name').fill('Sand');
  assert.equal(await panel.locator('.text-err').count(), 0);
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Rita Sand is saved').waitFor();
});

story('what no field tells is said all the same', async ({ page }) => {
  const panel = await done(page, await addSeat(page, { first: 'Tom' }));
  await page.route('**/seats/*', (route) => {
    const body = { ...route.request().postDataJSON(), timezone: '?' };
    return route.continue({ postData: body });
  });
  await panel.getByLabel('E-mail').fill('nobody');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText(/Europe\/Berlin/).waitFor();
  await expectWrong(page, panel.getByLabel('E-mail'), /anna@example\.com/);
  assert.doesNotMatch(await page.getByRole('alert').innerText(), /anna@example\.com/);
  // A number that is wrong has no field while nothing is forwarded.
  await page.unroute('**/seats/*');
  await panel.getByRole('button', { name: 'Undo' }).click();
  await panel.getByLabel('Call forwarding').check();
  await panel.getByLabel('Forward to').fill('one two');
  await panel.getByLabel('Call forwarding').uncheck();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText(/1 to 35 digits/).waitFor();
});

story('a bad extension of a new seat is told at its field', async ({ page }) => {
  await page.goto('/seats');
  await page.getByRole('button', { name: 'New seat' }).click();
  const dialog = page.getByRole('dialog', { name: 'New seat' });
  await dialog.getByLabel('First name').fill('Ulla');
  await dialog.getByLabel('Extension').fill('10 20');
  await dialog.getByRole('button', { name: 'Add seat' }).click();
  await expectWrong(page, dialog.getByLabel('Extension'), /digits as they are dialled/);
  await expectToldOnce(page, /digits as they are dialled/);
  await dialog.getByLabel('Extension').fill('7711');
  await dialog.getByRole('button', { name: 'Add seat' }).click();
  await page.getByRole('dialog', { name: 'Ulla is ready' }).waitFor();
});

story('a phone: new password, disabled, another one, removed', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Carla' });
  const panel = await done(page, seat);
  const phones = panel.getByRole('region', { name: 'Phones' });
  await phones.getByRole('button', { name: /^New password for/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'New password' }).click();
  const shown = page.getByRole('dialog', { name: 'A phone of Carla' });
  assert.notEqual((await shown.getByLabel('Password').innerText()).trim(), seat.secret);
  await shown.getByRole('button', { name: 'Done' }).click();
  await phones.getByRole('button', { name: /^Disable/ }).click();
  await phones.getByText('Disabled').waitFor();
  await phones.getByRole('button', { name: 'Add phone' }).click();
  await shown.getByRole('button', { name: 'Done' }).click();
  await phones.getByText('Carla, phone 2').waitFor();
  await phones.getByRole('button', { name: 'Remove Carla, phone 2' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await phones.getByText('Carla, phone 2').waitFor({ state: 'detached' });
});

story(
  'a phone that is asked whether it is there shows how fast it is',
  async ({ page, server }) => {
    const seat = await addSeat(page, { first: 'Quinn' });
    const user = /phone-\w+/.exec(await seat.shown.innerText())[0];
    const phones = (await done(page, seat)).getByRole('region', { name: 'Phones' });
    const port = await registerPhone(server, { ...seat, user });
    await whilePhone(server, 'phone_is_asked', port, async () => {
      const headers = { Origin: server.url, 'If-Match': '*' };
      const put = { data: { qualify_s: 15 }, headers };
      const answer = await page.request.put('/api/v1/accounts/default/settings', put);
      assert.equal(answer.status(), 200, await answer.text());
      await phones.getByText(/^Registered, \d+ ms$/).waitFor();
    });
  },
);

story('a seat goes, with its phone and its callflow', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Dora' });
  const panel = await done(page, seat);
  await panel.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Dora?' });
  await dialog.getByLabel('Its phones, too').waitFor();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('row', { name: /Dora/ }).waitFor({ state: 'detached' });
  const answer = await page.request.get('/api/v1/accounts/default/numbers?limit=1000');
  const { items } = await answer.json();
  assert.ok(!items.some((one) => one.number === seat.extension));
});

story('a ring group is made, changed and removed', async ({ page }) => {
  await done(page, await addSeat(page, { first: 'Emil' }));
  await page.getByRole('link', { name: 'Ring groups' }).click();
  await page.getByRole('button', { name: 'New ring group' }).click();
  const dialog = page.getByRole('dialog', { name: 'New ring group' });
  await dialog.getByLabel('Name', { exact: true }).fill('Support');
  await dialog.getByLabel('Add a member').selectOption({ label: 'Emil' });
  await dialog.getByLabel('After (s), Emil').fill('5');
  await dialog.getByRole('button', { name: 'Add ring group' }).click();
  const panel = page.getByRole('complementary', { name: 'Support' });
  assert.equal(await panel.getByLabel('After (s), Emil').inputValue(), '5');
  await panel.getByLabel('Strategy').selectOption({ label: 'One after another' });
  await panel.getByLabel('Rings for (s), Emil').fill('12');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /Support.*One after another.*1/ }).waitFor();
  await panel.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No ring groups yet').waitFor();
});

async function addGroup(page, server, name, endpoints = []) {
  const answer = await page.request.post(`${API}/ring_groups`, {
    data: { name, endpoints },
    headers: { Origin: server.url },
  });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).id;
}

const asMember = (id) => ({ endpoint_type: 'group', id });

async function removeGroups(page, server) {
  for (;;) {
    const { items } = await (await page.request.get(`${API}/ring_groups`)).json();
    if (items.length === 0) return;
    const headers = { Origin: server.url, 'If-Match': '*' };
    for (const { id } of items) await page.request.delete(`${API}/ring_groups/${id}`, { headers });
  }
}

story('what is wrong with a member is told in its row, wherever that goes', async (given) => {
  const { page, server } = given;
  const inner = [];
  for (const name of ['Ada', 'Bea', 'Cleo']) inner.push(await addGroup(page, server, name));
  await addGroup(page, server, 'Front', inner.map(asMember));
  await page.goto('/ring-groups');
  await page.getByRole('button', { name: /^Front/ }).click();
  const panel = page.getByRole('complementary', { name: 'Front' });
  const [after, rings] = [(who) => `After (s), ${who}`, (who) => `Rings for (s), ${who}`];
  await panel.getByLabel(after('Bea')).fill('121');
  await panel.getByLabel(rings('Cleo')).fill('0');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel(after('Bea')), /0 to 120/);
  await expectWrong(page, panel.getByLabel(rings('Cleo')), /1 to 300/);
  await expectRight(page, panel.getByLabel(after('Ada')));
  assert.equal(await panel.getByLabel(rings('Bea')).getAttribute('aria-invalid'), 'false');
  await expectToldOnce(page, /0 to 120/);
  await panel.getByRole('button', { name: 'Move Cleo up' }).click();
  await panel.getByRole('button', { name: 'Remove Ada' }).click();
  await panel.getByLabel(after('Bea')).fill('120');
  await expectWrong(page, panel.getByLabel(after('Bea')), /0 to 120/);
  await expectWrong(page, panel.getByLabel(rings('Cleo')), /1 to 300/);
  await panel.getByLabel(rings('Cleo')).fill('1');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Front is saved').waitFor();
  assert.equal(await panel.locator('.text-err').count(), 0);
  await panel.getByLabel('Rounds').fill('11');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel('Rounds'), /1 to 10/);
  await removeGroups(page, server);
});

story('groups that nest too deep are told in the row of the member', async (given) => {
  const { page, server } = given;
  let top = await addGroup(page, server, 'Level 1');
  for (const level of [2, 3, 4, 5]) {
    top = await addGroup(page, server, `Level ${level}`, [asMember(top)]);
  }
  await page.goto('/ring-groups');
  await page.getByRole('button', { name: 'New ring group' }).click();
  const dialog = page.getByRole('dialog', { name: 'New ring group' });
  await dialog.getByLabel('Name', { exact: true }).fill('Level 6');
  await dialog.getByLabel('Add a member').selectOption({ label: 'Level 1' });
  await dialog.getByLabel('Add a member').selectOption({ label: 'Level 5' });
  await dialog.getByRole('button', { name: 'Add ring group' }).click();
  const row = dialog.getByRole('listitem').filter({ hasText: 'Level 5' });
  await row.getByText(/Groups nest at most 5 deep/).waitFor();
  await expectToldOnce(page, /Groups nest at most 5 deep/);
  await dialog.getByRole('button', { name: 'Remove Level 5' }).click();
  assert.equal(await dialog.locator('.text-err').count(), 0);
  await dialog.getByRole('button', { name: 'Add ring group' }).click();
  await page.getByRole('complementary', { name: 'Level 6' }).waitFor();
  await removeGroups(page, server);
});

story('names are text, whatever they are', async ({ page }) => {
  const seat = await addSeat(page, { first: HOSTILE, last: 'x'.repeat(128) });
  const panel = await done(page, seat);
  await panel.getByText(HOSTILE, { exact: false }).first().waitFor();
  assert.equal(await page.locator('img[src=x]').count(), 0);
  const wide = () => document.documentElement.scrollWidth > window.innerWidth;
  assert.equal(await page.evaluate(wide), false);
});

story('an extension that is taken is told at its field', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Frida' });
  await done(page, seat);
  await page.getByRole('button', { name: 'New seat' }).click();
  const dialog = page.getByRole('dialog', { name: 'New seat' });
  await dialog.getByLabel('First name').fill('Gustav');
  await dialog.getByLabel('Extension').fill(seat.extension);
  await dialog.getByRole('button', { name: 'Add seat' }).click();
  const reason = new RegExp(`The number ${seat.extension} belongs to the callflow`);
  await expectWrong(page, dialog.getByLabel('Extension'), reason);
  await expectToldOnce(page, reason);
  await page.getByRole('row', { name: /Gustav/ }).waitFor({ state: 'detached' });
});

story('Group Pickup: a seat is chosen, and only its account picks up', async (given) => {
  const { page, server } = given;
  const seat = await addSeat(page, { first: 'Ida', last: 'Noll' });
  await done(page, seat);
  const number = await drawNew(page, 'Pick up at Ida');
  await dragAction(page, 'group_pickup', '[data-plus=main]');
  const pop = page.getByRole('dialog', { name: 'Group Pickup' });
  const who = { label: `Ida Noll, ${seat.extension}` };
  await pop.getByRole('combobox', { name: 'Seat', exact: true }).selectOption(who);
  await pop.getByRole('button', { name: 'Add Group Pickup' }).click();
  assert.match((await faces(page)).join(), /Ida Noll/);
  await saveChanges(page);
  const { flow } = await savedDocument(page);
  assert.deepEqual(Object.keys(flow.data), ['user_id']);
  // Who calls there has not logged in.
  await expectOnWire(page, server, number, { code: 403, phrase: 'Forbidden' });
});

story('a viewer sees seats and ring groups, and no way to change them', async (given) => {
  const { page, server, open } = given;
  await done(page, await addSeat(page, { first: 'Hanna' }));
  const theirs = await open({ login: await addUser(page, server, 'vera', 'viewer') });
  await theirs.goto('/seats');
  await theirs.getByRole('button', { name: /^Hanna/ }).click();
  const panel = theirs.getByRole('complementary', { name: 'Hanna' });
  assert.equal(await panel.getByLabel('First name').isDisabled(), true);
  await panel.getByRole('region', { name: 'Phones' }).getByText('Offline').waitFor();
  const changes = /^(New|Add|Save|Delete|Remove|Disable|Undo|Find)\b/;
  assert.equal(await theirs.getByRole('button', { name: changes }).count(), 0);
  await theirs.getByRole('link', { name: 'Ring groups' }).click();
  await theirs.getByText('No ring groups yet').waitFor();
  assert.equal(await theirs.getByRole('button', { name: changes }).count(), 0);
  await theirs.context().close();
});
