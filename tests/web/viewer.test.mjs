// Who may only look is offered no change, on any page, and is told why.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, openPage, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const CHANGES =
  /^(Save|New|Add|Upload|Record|Delete|Remove|Rename|Replace|Assign|Free|Import|End)\b/;
let server;
let browser;
let viewer;

before(async () => {
  server = await startServer();
  browser = await startBrowser();
  const page = await openPage(browser, server);
  const write = async (method, path, data, more = {}) => {
    const headers = { Origin: server.url, ...more };
    const answer = await page.request.fetch(`/api/v1${path}`, { method, data, headers });
    assert.ok(answer.ok(), await answer.text());
  };
  const flow = { module: 'response', data: { code: 486 }, children: {} };
  const sales = { id: 'sales', name: 'Sales', numbers: ['1100'], flow };
  await write('POST', '/accounts/default/callflows?publish=true', sales);
  await write('POST', '/accounts/default/numbers', { number: '+14155550199' });
  const password = 'made-by-the-admin';
  const user = { name: 'Vera', roles: { default: 'viewer' }, password };
  await write('PUT', '/users/vera', user, { 'If-None-Match': '*' });
  viewer = { ...server, login: { user: 'vera', password } };
  const theirs = await openPage(browser, viewer);
  const own = { current: password, new: 'veras-own-password' };
  const headers = { Origin: server.url };
  await theirs.request.put('/api/v1/users/vera/password', { data: own, headers });
  viewer.login.password = own.new;
  await theirs.context().close();
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function offered(page) {
  const buttons = page.locator('button:enabled:visible:not([aria-disabled=true])');
  const names = await buttons.evaluateAll((all) =>
    all.map((one) => (one.getAttribute('aria-label') ?? one.textContent ?? '').trim()),
  );
  return names.filter((name) => CHANGES.test(name));
}

const PAGES = {
  '/callflows/sales': (page) => page.locator('#block-main').waitFor(),
  '/numbers': (page) => page.getByRole('row', { name: /1100/ }).waitFor(),
  '/seats': (page) => page.getByText('No seats yet').waitFor(),
  '/phones': (page) => page.getByText('No phones yet').waitFor(),
  '/ring-groups': (page) => page.getByText('No ring groups yet').waitFor(),
  '/time-of-day': (page) => page.getByText('No rules yet').waitFor(),
  '/trunks': (page) => page.getByText('No trunks yet').waitFor(),
  '/media': (page) => page.getByRole('heading', { name: 'Media' }).waitFor(),
  '/calls': (page) => page.getByRole('heading', { name: 'Calls' }).waitFor(),
  '/settings': (page) => page.getByLabel('Longest audio before a call is refused').waitFor(),
};

for (const [address, ready] of Object.entries(PAGES)) {
  test(`a viewer at ${address}`, async () => {
    const page = await openPage(browser, viewer);
    await page.goto(address);
    await ready(page);
    if (address !== '/calls') await page.getByText('View only').first().waitFor();
    assert.deepEqual(await offered(page), []);
    await closePage(page);
  });
}

test('a viewer may ask what happens, and see it', async () => {
  const page = await openPage(browser, viewer);
  await page.goto('/numbers');
  await page.getByRole('button', { name: 'What happens if someone calls 1100' }).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await page.getByText('486 Busy Here').first().waitFor();
  await closePage(page);
});

test('pages of admins are not shown to viewers, and say why when asked for', async () => {
  const page = await openPage(browser, viewer);
  for (const address of ['/users', '/audit']) {
    await page.goto(address);
    await page.getByRole('alert').filter({ hasText: 'This needs the role admin.' }).waitFor();
  }
  await closePage(page);
});
