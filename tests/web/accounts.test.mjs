// Several accounts: made, chosen, kept, and hidden from those who have no role in them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, openPage, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function write(page, method, path, data) {
  const headers = { Origin: server.url, 'If-None-Match': '*' };
  const answer = await page.request.fetch(`/api/v1${path}`, { method, data, headers });
  assert.equal(answer.status(), 201, await answer.text());
}

test('a new account; every page follows the choice, and a reload keeps it', async () => {
  const page = await openPage(browser, server);
  await page.goto('/accounts');
  await page.getByRole('button', { name: 'New account' }).click();
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByLabel('Id', { exact: true }).fill('lyon');
  await dialog.getByLabel('Name').fill('Lyon office');
  await dialog.getByLabel('SIP domain').fill('lyon.example');
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await page.getByRole('row', { name: /Lyon office.*lyon\.example/ }).waitFor();
  const flow = { module: 'response', data: { code: 486 }, children: {} };
  await write(page, 'POST', '/accounts/lyon/callflows?publish=true', {
    name: 'Accueil',
    numbers: ['2100'],
    flow,
  });
  await page.getByRole('link', { name: 'Switch to Lyon office' }).click();
  await page.getByRole('link', { name: 'Accueil' }).waitFor();
  await page.getByRole('link', { name: 'Numbers' }).click();
  await page.getByRole('row', { name: /2100.*Accueil/ }).waitFor();
  await page.goto('/audit');
  await page.getByText('Created the callflow').waitFor();
  await page.reload();
  await page.getByRole('link', { name: /Lyon office/ }).waitFor();

  await page.getByRole('button', { name: /^User/ }).click();
  await page.getByRole('menuitemradio', { name: 'Default' }).click();
  await page.getByRole('heading', { name: 'No callflows yet' }).waitFor();
  await closePage(page);
});

test('an id that is taken is said so; the name of an account can change', async () => {
  const page = await openPage(browser, server);
  await page.goto('/accounts');
  await page.getByRole('button', { name: 'New account' }).click();
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByLabel('Id', { exact: true }).fill('default');
  await dialog.getByRole('button', { name: 'Add account' }).click();
  await dialog.getByText('There is an account with this id.').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Edit Default' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Head office');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /Head office/ }).waitFor();
  await closePage(page);
});

test('a user of one account sees that one, and makes none', async () => {
  const page = await openPage(browser, server);
  await write(page, 'PUT', '/accounts/oslo', { name: 'Oslo', realm: '' });
  const login = { user: 'nils', password: 'nils-first-password' };
  const data = { name: 'Nils', roles: { oslo: 'admin' }, password: login.password };
  await write(page, 'PUT', '/users/nils', data);
  const theirs = await openPage(browser, { ...server, login });
  const headers = { Origin: server.url };
  const change = { current: login.password, new: 'nils-own-password' };
  await theirs.request.put('/api/v1/users/nils/password', { data: change, headers });
  await theirs.goto('/users?account=default');
  await theirs.getByRole('row', { name: /Nils.*Admin/ }).waitFor();
  assert.equal(await theirs.getByRole('link', { name: 'Accounts' }).count(), 0);
  await theirs.goto('/accounts');
  await theirs.getByRole('row', { name: /Oslo.*Shown now/ }).waitFor();
  assert.equal(await theirs.getByRole('row', { name: /default/ }).count(), 0);
  assert.equal(await theirs.getByRole('button', { name: 'New account' }).count(), 0);
  await closePage(theirs);
  await closePage(page);
});
