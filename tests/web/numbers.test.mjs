// Numbers: who answers them, what happens then, spare ones.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, expectOnWire, openPage, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const FLOWS = '/api/v1/accounts/default/callflows';
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

async function store(page, name, code, numbers, publish = true) {
  const flow = { module: 'response', data: { code }, children: {} };
  const data = { name, numbers, flow };
  const headers = { Origin: server.url };
  const answer = await page.request.post(`${FLOWS}?publish=${publish}`, { data, headers });
  assert.equal(answer.status(), 201, await answer.text());
}

test('what happens if someone calls: path, outcome and message, as on the wire', async () => {
  const page = await openPage(browser, server);
  await store(page, 'Reception', 603, ['3100']);
  await page.goto('/numbers');
  await page.getByRole('button', { name: 'What happens if someone calls 3100' }).click();
  const panel = page.getByRole('complementary', { name: 'What happens if someone calls' });
  assert.equal(await panel.getByLabel('Number called').inputValue(), '3100');
  await panel.getByRole('button', { name: 'Run' }).click();
  await panel.getByText('603 Decline').first().waitFor();
  await panel.getByText('3100 is answered by').getByRole('link', { name: 'Reception' }).waitFor();
  assert.match(await panel.locator('[data-final]').innerText(), /^SIP\/2\.0 603 Decline/m);
  await expectOnWire(page, server, '3100', { code: 603 });

  await panel.getByLabel('Number called').fill('3199');
  await panel.getByRole('button', { name: 'Run again' }).click();
  await panel.getByText('No callflow answers this number.').first().waitFor();
  await panel.getByRole('button', { name: 'Close' }).click();
  await panel.waitFor({ state: 'detached' });
  await closePage(page);
});

test('a spare number: added, given to a callflow, answered', async () => {
  const page = await openPage(browser, server);
  await store(page, 'Sales', 486, ['3200']);
  await page.goto('/numbers');
  await page.getByRole('button', { name: 'Add number' }).click();
  const adding = page.getByRole('dialog', { name: 'New number' });
  await adding.getByLabel('Number').fill('3200');
  await adding.getByRole('button', { name: 'Add number' }).click();
  await adding.getByText('belongs to the callflow “Sales”').waitFor();
  await adding.getByLabel('Number').fill('+1 (415) 555-0132');
  await adding.getByRole('button', { name: 'Add number' }).click();
  const row = page.getByRole('row', { name: /\+1 415 555 0132/ });
  await row.getByText('Spare').waitFor();
  await expectOnWire(page, server, '+14155550132', { code: 404 });

  await row.getByRole('button', { name: /^Assign/ }).click();
  const assigning = page.getByRole('dialog', { name: 'Assign +1 415 555 0132' });
  await assigning.getByLabel('Callflow').selectOption({ label: 'Sales' });
  await assigning.getByRole('button', { name: 'Assign' }).click();
  await row.getByRole('link', { name: 'Sales' }).waitFor();
  await expectOnWire(page, server, '+14155550132', { code: 486 });
  await closePage(page);
});

test('a number given to a draft takes no calls, and says so', async () => {
  const page = await openPage(browser, server);
  await store(page, 'Not yet', 480, [], false);
  await page.goto('/numbers');
  await page.getByRole('button', { name: 'Free extension' }).click();
  const finding = page.getByRole('dialog', { name: 'Find a free extension' });
  await finding.getByLabel('From').fill('3300');
  await finding.getByRole('button', { name: 'Find', exact: true }).click();
  await finding.getByText('3300').waitFor();
  await finding.getByRole('button', { name: 'Assign to a callflow' }).click();
  const assigning = page.getByRole('dialog', { name: 'Assign 3300' });
  await assigning.getByLabel('Callflow').selectOption({ label: 'Not yet' });
  await assigning.getByText('It goes into the draft').waitFor();
  await assigning.getByRole('button', { name: 'Assign' }).click();
  await page.getByRole('row', { name: /3300.*Not yet.*Draft only/ }).waitFor();
  await expectOnWire(page, server, '3300', { code: 404 });
  await closePage(page);
});

test('a spare number goes, after asking; the filter shows which are spare', async () => {
  const page = await openPage(browser, server);
  const headers = { Origin: server.url };
  const data = { number: '+14155550177' };
  await page.request.post('/api/v1/accounts/default/numbers', { data, headers });
  await store(page, 'Taken', 480, ['3400']);
  await page.goto('/numbers');
  const taken = page.getByRole('row', { name: /3400/ });
  await taken.waitFor();
  await page.getByRole('button', { name: 'Spare' }).click();
  await taken.waitFor({ state: 'detached' });
  const row = page.getByRole('row', { name: /0177/ });
  await row.getByRole('button', { name: /^Remove/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
  await closePage(page);
});
