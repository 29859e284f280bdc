// Sessions that end, and servers that go away, in the middle of work.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  closePage,
  drawNew,
  dropResponse,
  endSession,
  expectOnWire,
  faces,
  openPage,
  saveChanges,
  signIn,
  startBrowser,
} from './browser.mjs';
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

test('who is not signed in gets to the page that they asked for', async () => {
  const page = await openPage(browser, { ...server, login: null });
  await page.goto('/numbers');
  await page.waitForURL(/login\?back=%2Fnumbers/);
  await signIn(page, server.login.user, 'not-the-password');
  await page.getByText('User or password is wrong.').waitFor();
  await signIn(page, server.login.user, server.login.password);
  await page.waitForURL(/\/numbers$/);
  await closePage(page);
});

test('a session that ends in the middle of a drawing: sign in, go on, save', async () => {
  const page = await openPage(browser, server);
  const number = await drawNew(page, 'Long work');
  await dropResponse(page, { code: 480 });
  await endSession(page, server);
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await again.waitFor(); // the stream of events ends with its session
  assert.equal(await again.getByLabel('User name').inputValue(), 'admin');
  await page.keyboard.press('Escape');
  assert.equal(await again.isVisible(), true);
  await page.keyboard.type(server.login.password);
  await page.keyboard.press('Enter');
  await again.waitFor({ state: 'detached' });
  assert.deepEqual(await faces(page), ['SIP Code: 480']);
  await saveChanges(page);
  await expectOnWire(page, server, number, { code: 480 });
  await closePage(page);
});

test('after signing in as somebody else the drawing is still there', async () => {
  const page = await openPage(browser, server);
  await drawNew(page, 'For another day');
  await dropResponse(page, { code: 603 });
  await endSession(page, server);
  page.on('dialog', (dialog) => dialog.accept()); // “changes are not saved”
  await page.getByRole('link', { name: 'Sign in as somebody else' }).click();
  await page.waitForURL(/login/);
  await signIn(page, server.login.user, server.login.password);
  await page.waitForURL(/callflows/);
  await page.goto('/callflows/new');
  await page.getByText('Your unsaved changes are back').waitFor();
  assert.deepEqual(await faces(page), ['SIP Code: 603']);
  await closePage(page);
});

test('a server that is gone is said so until it is back; nothing is lost', async () => {
  const page = await openPage(browser, server);
  await drawNew(page, 'Bad line');
  await dropResponse(page, { code: 486 });
  await page.context().setOffline(true);
  await page.keyboard.press('Control+z'); // is linted by the server
  const banner = page.getByRole('alert').filter({ hasText: 'No connection to the server' });
  await banner.waitFor();
  await page.keyboard.press('Control+Shift+z');
  await banner.getByRole('button', { name: 'Try now' }).click();
  assert.equal(await banner.isVisible(), true);
  await page.context().setOffline(false);
  await banner.waitFor({ state: 'detached' });
  assert.deepEqual(await faces(page), ['SIP Code: 486']);
  await saveChanges(page);
  await closePage(page);
});
