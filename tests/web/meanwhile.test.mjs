// Two people at once, and a server that is away for a moment.
import assert from 'node:assert/strict';
import { MICROPHONE } from './browser.mjs';
import { dialog, expectFocus, panel, press, question, send } from './hands.mjs';
import { startStories } from './stories.mjs';

const story = startStories({ wire: true, args: MICROPHONE });
const LISTS = [
  { at: '/ring-groups/', api: '/ring_groups', more: { endpoints: [] } },
  { at: '/time-of-day/rules/', api: '/temporal_rules', more: { cycle: 'daily' } },
  { at: '/trunks/', api: '/trunks', more: { addresses: [{ host: '127.0.0.9' }] } },
];
const field = (page, name) => panel(page, name).getByLabel('Name', { exact: true });
const button = (page, name) => page.getByRole('button', { name, exact: true });

for (const { at, api, more } of LISTS) {
  story(`${at}: what another has saved is told before it is overwritten`, async (given) => {
    const { page, server, open } = given;
    const { id } = await send(page, server, 'POST', api, { name: 'Shared', ...more });
    const theirs = await open();
    for (const one of [page, theirs]) {
      await one.goto(at + id);
      await field(one, 'Shared').fill(one === page ? 'Mine' : 'Theirs');
    }
    await press(theirs, button(theirs, 'Save'));
    await theirs.getByText('Theirs is saved').waitFor();
    await page.getByText(/Somebody else has changed this meanwhile/).waitFor();
    assert.equal(await field(page, 'Theirs').inputValue(), 'Mine');
    await press(page, button(page, 'Undo'));
    assert.equal(await field(page, 'Theirs').inputValue(), 'Theirs');
    assert.equal(await page.getByText(/Somebody else/).count(), 0);
    await send(theirs, server, 'DELETE', `${api}/${id}?force=true`);
    await page.getByText(/^There is no .* “.*”\.$/).waitFor();
    await theirs.context().close();
  });
}

story('a recording that did not arrive is sent again', async ({ page }) => {
  let broken = true;
  await page.route('**/accounts/default/media?name=*', async (route) => {
    if (broken && route.request().method() === 'POST') await route.abort();
    else await route.continue();
  });
  await page.goto('/media');
  await press(page, page.getByRole('button', { name: 'Record' }));
  await press(page, dialog(page).getByRole('button', { name: 'Stop recording' }));
  await dialog(page).getByLabel('Name').fill('Not lost');
  await page.keyboard.press('Enter');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  broken = false;
  await press(page, again);
  await panel(page, 'Not lost').waitFor();
  await again.waitFor({ state: 'detached' });
});

story('without https, the recorder says what to do instead', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'isSecureContext', { get: () => false });
    Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined });
  });
  await page.goto('/media');
  await press(page, page.getByRole('button', { name: 'Record' }));
  await dialog(page).getByText(/by https:\/\/ only. Upload a file instead/).waitFor();
});

story('who deletes something goes on from what comes after it', async ({ page, server }) => {
  for (const name of ['Del A', 'Del B', 'Del C']) {
    await send(page, server, 'POST', '/ring_groups', { name, endpoints: [] });
  }
  await page.goto('/ring-groups');
  const row = (name) => page.getByRole('button', { name });
  await row('Del B').focus();
  await page.keyboard.press('Enter');
  await press(page, panel(page, 'Del B').getByRole('button', { name: 'Delete' }));
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).focus();
  await page.keyboard.press('Enter');
  await row('Del B').waitFor({ state: 'detached' });
  await expectFocus(page, row('Del C'));
});

story('what the settings hold outlasts a server that is away', async ({ page }) => {
  await page.goto('/settings');
  await page.getByLabel('Country code').fill('49');
  await page.route('**/api/v1/**', (route) => route.abort());
  await press(page, page.getByRole('button', { name: 'Save' }));
  await page.getByText('The server can’t be reached. Try again in a moment.').waitFor();
  await page.getByText(/Leave this page open: what you typed stays/).waitFor();
  await page.unroute('**/api/v1/**');
  await page.getByText(/Leave this page open/).waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('Country code').inputValue(), '49');
  await page.getByLabel('Country code').press('Enter');
  await page.getByText('The settings are saved').waitFor();
  await press(page, page.getByRole('link', { name: 'Trunks' }));
  await page.waitForURL('**/trunks');
  assert.equal(await question(page).count(), 0);
});

story('what is typed while the rest is being saved is not lost', async ({ page, server }) => {
  const { id } = await send(page, server, 'POST', '/ring_groups', { name: 'Slow', endpoints: [] });
  const goOn = async () => {};
  let hold = goOn;
  await page.route('**/api/v1/**', async (route) => {
    if (route.request().method() === 'PUT') await hold();
    await route.continue();
  });
  // The save is on its way until all is typed.
  const typeOn = async (target, more) => {
    let typed;
    const saving = new Promise((begun) => {
      hold = () => new Promise((go) => { typed = go; begun(); });
    });
    await page.keyboard.press('Enter');
    await saving;
    await target.press('End');
    await page.keyboard.type(more, { delay: 20 });
    hold = goOn;
    typed();
  };
  await page.goto(`/ring-groups/${id}`);
  await field(page, 'Slow').fill('Slow one');
  await typeOn(field(page, 'Slow'), ', typed on');
  await page.getByText('Slow one is saved').waitFor();
  await panel(page, 'Slow one').waitFor();
  assert.equal(await field(page, 'Slow one').inputValue(), 'Slow one, typed on');
  assert.equal(await page.getByText(/Somebody else/).count(), 0);
  await field(page, 'Slow one').press('Enter');
  await panel(page, 'Slow one, typed on').waitFor();
  await page.goto('/settings');
  const country = page.getByLabel('Country code');
  await country.fill('4');
  await typeOn(country, '9');
  await page.getByText('The settings are saved').waitFor();
  assert.equal(await country.inputValue(), '49');
});
