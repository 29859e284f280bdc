// Access tokens: made, used, revoked.
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

function status(secret, path, options = {}) {
  const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
  return fetch(`${server.url}/api/v1${path}`, { headers, ...options }).then((one) => one.status);
}

test('a token does what its role allows until it is revoked', async () => {
  const page = await openPage(browser, server);
  await page.goto('/tokens');
  await page.getByText('No access tokens').waitFor();
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New access token' });
  await dialog.getByLabel('Name').fill('Backup');
  await dialog.getByRole('button', { name: 'Make token' }).click();
  const shown = page.getByRole('dialog', { name: 'Backup is ready' });
  const secret = (await shown.getByLabel('Token').innerText()).trim();
  await shown.getByRole('button', { name: 'Done' }).click();

  const flows = '/accounts/default/callflows';
  assert.equal(await status(secret, flows), 200);
  assert.equal(await status(secret, flows, { method: 'POST', body: '{}' }), 403);
  await page.reload();
  await page.getByRole('row', { name: /Backup.*Default.*Viewer/ }).waitFor();
  assert.equal((await page.content()).includes(secret), false);

  await page.getByRole('button', { name: 'Revoke Backup' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('Backup is revoked').waitFor();
  await page.getByText('No access tokens').waitFor();
  assert.equal(await status(secret, flows), 401);
  await closePage(page);
});

test('a life beyond a year is not offered', async () => {
  const page = await openPage(browser, server);
  await page.goto('/tokens');
  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New access token' });
  await dialog.getByLabel('Name').fill('For ever');
  const day = dialog.getByLabel('Last day');
  const latest = await day.getAttribute('max');
  await day.fill(`${Number(latest.slice(0, 4)) + 1}-01-01`);
  await dialog.getByRole('button', { name: 'Make token' }).click();
  assert.equal(await day.evaluate((field) => field.validity.rangeOverflow), true);
  await day.fill(latest);
  await dialog.getByRole('button', { name: 'Make token' }).click();
  await page.getByRole('dialog', { name: 'For ever is ready' }).waitFor();
  await closePage(page);
});
