// What is chosen in a list has an address: links lead to it, Back and Forward go through it.
import assert from 'node:assert/strict';
import { dialog, expectFocus, panel, press, question, send } from './hands.mjs';
import { tone } from './sound.mjs';
import { startStories } from './stories.mjs';

const story = startStories({ wire: true });

const LISTS = [
  { at: '/ring-groups/', api: '/ring_groups', more: { endpoints: [] } },
  { at: '/trunks/', api: '/trunks', more: { addresses: [{ host: 'carrier.example.net' }] } },
  { at: '/time-of-day/rules/', api: '/temporal_rules', more: { cycle: 'daily' } },
  { at: '/time-of-day/sets/', api: '/temporal_rule_sets', more: {} },
];

// Two of them, One and Two. → the address of One, and that of Two
async function fill(page, server, { at, api, more }) {
  const made = [];
  for (const name of ['One', 'Two']) {
    made.push(await send(page, server, 'POST', api, { name, ...more }));
  }
  return made.map(({ id }) => at + id);
}

const nameField = (page, name) => panel(page, name).getByLabel('Name', { exact: true });

for (const list of LISTS) {
  story(`${list.at}: an item of its own, by link and by Back`, async ({ page, server }) => {
    const [one, two] = await fill(page, server, list);
    await page.goto(one);
    await panel(page, 'One').waitFor();
    await press(page, page.getByRole('button', { name: /^Two/ }).last());
    await panel(page, 'Two').waitFor();
    assert.ok(page.url().endsWith(two), page.url());
    await page.goBack();
    await panel(page, 'One').waitFor();
    await page.goForward();
    await panel(page, 'Two').waitFor();
    await press(page, panel(page, 'Two').getByRole('button', { name: 'Close' }));
    await panel(page, 'Two').waitFor({ state: 'detached' });
    await page.goBack();
    await nameField(page, 'Two').fill('Changed');
    await page.goBack();
    await question(page).getByRole('button', { name: 'Keep editing' }).click();
    assert.ok(page.url().endsWith(two), page.url());
    assert.equal(await nameField(page, 'Two').inputValue(), 'Changed');
    await page.goBack();
    await question(page).getByRole('button', { name: 'Leave' }).click();
    await panel(page, 'One').waitFor();
    await page.getByRole('link', { current: 'page' }).first().waitFor();
  });
}

story('Enter in a field saves what is edited beside a list', async ({ page, server }) => {
  for (const list of LISTS) {
    const [one] = await fill(page, server, list);
    await page.goto(one);
    await nameField(page, 'One').fill('By Enter');
    await page.keyboard.press('Enter');
    await page.getByText('By Enter is saved').waitFor();
    await panel(page, 'By Enter').waitFor();
    await page.keyboard.press('Enter'); // nothing is left to save
    assert.equal(await page.getByText('By Enter is saved').count(), 1);
  }
});

story('Enter in a pop-up over the panel saves what the pop-up is about', async (given) => {
  const { page, server } = given;
  await page.goto('/users');
  await press(page, page.getByRole('button', { name: 'New user' }));
  await dialog(page).getByLabel('User name').fill('enter');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: /enter can sign in now/ }).waitFor();
  await page.keyboard.press('Escape');
  await nameField(page, 'enter').fill('Not saved yet');
  assert.ok(page.url().endsWith('/users/enter'), page.url());
  await press(page, panel(page, 'enter').getByRole('button', { name: 'Set password' }));
  await dialog(page).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'enter has a new password' }).waitFor();
  const headers = { Origin: server.url };
  const { name } = await (await page.request.get('/api/v1/users/enter', { headers })).json();
  assert.equal(name, 'enter');
});

story('a sound has an address, and a date; its row opens wherever it is pressed', async (given) => {
  const { page, server } = given;
  const to = '/api/v1/accounts/default/media?name=Dated';
  const headers = { Origin: server.url, 'Content-Type': 'audio/wav' };
  const { id } = await (await page.request.post(to, { data: tone(1), headers })).json();
  await page.route('**/accounts/default/media?*', async (route) => {
    const answer = await route.fetch();
    const { items, ...rest } = await answer.json();
    const dated = items.map((one) => ({ ...one, changed_ms: Date.now() }));
    await route.fulfill({ response: answer, json: { items: dated, ...rest } });
  });
  await page.goto('/media');
  const row = page.getByRole('row', { name: /Dated/ });
  await press(page, row, 0.6);
  await panel(page, 'Dated').waitFor();
  assert.ok(page.url().endsWith(`/media/${id}`), page.url());
  const today = new Date().toLocaleDateString('en', { dateStyle: 'medium' });
  await row.getByText(today).waitFor();
  await panel(page, 'Dated').getByText(today).waitFor();
  await page.reload();
  await panel(page, 'Dated').waitFor();
  await page.goBack();
  await panel(page, 'Dated').waitFor({ state: 'detached' });
  await page.goto('/media/of-no-sound');
  await page.getByText('This sound is not here any more.').waitFor();
  await press(page, panel(page, 'Media').getByRole('button', { name: 'Close' }));
  await expectFocus(page, page.locator('body'));
});
