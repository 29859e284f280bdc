// How the configurator behaves beyond the manual: keyboard, two editors, drafts, what is kept.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  closePage,
  dragAction,
  drawNew,
  dropResponse,
  expectOnWire,
  faces,
  fillResponse,
  openPage,
  saveBy,
  saveChanges,
  savedDocument,
  startBrowser,
} from './browser.mjs';
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

async function store(page, document) {
  const headers = { Origin: server.url };
  const answer = await page.request.post(FLOWS, { data: document, headers });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).id;
}

async function changeCode(page, code) {
  await page.locator('.flow-block:not(.block-main) .block-face').first().click();
  await fillResponse(page, { code });
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('the Response flow can be built and saved by keyboard alone', async () => {
  const page = await openPage(browser, server);
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await page.goto('/callflows/new');
  await page.locator('#block-main').waitFor();
  await press('F2');
  await page.getByRole('dialog').waitFor();
  const focused = (name) => page.locator(`${name}:focus`);
  await page.keyboard.type('By keyboard');
  for (let turn = 0; turn < 12; turn += 1) {
    if (
      await page
        .getByRole('button', { name: 'Find free' })
        .evaluate((b) => b === document.activeElement)
    )
      break;
    await press('Tab');
  }
  await press('Enter');
  const tag = page.getByRole('dialog').locator('.tag').first();
  await tag.waitFor();
  const number = (await tag.innerText()).trim();
  await page.getByLabel('Name', { exact: true }).focus();
  await press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press('+');
  await page.getByRole('dialog', { name: 'Add an action' }).waitFor();
  await page.keyboard.type('resp');
  await press('Enter');
  await page.getByRole('dialog', { name: 'Response' }).waitFor();
  await page.locator('#response-code:focus').waitFor();
  await page.keyboard.type('busy');
  await press('Enter', 'Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.deepEqual(await faces(page), ['SIP Code: 486']);
  await press('Control+s');
  await page
    .getByText(/Version \d+ is live/)
    .first()
    .waitFor();
  assert.equal((await focused('body').count()) <= 1, true);
  await expectOnWire(page, server, number, { code: 486 });
  await closePage(page);
});

test('two browsers on one callflow: no lost update', async () => {
  const one = await openPage(browser, server);
  await drawNew(one, 'Contended');
  await dropResponse(one, { code: 480 });
  await saveChanges(one);
  await one.waitForURL(/callflows\/(?!new)/);
  const two = await openPage(browser, server);
  await two.goto(new URL(one.url()).pathname);
  await two.locator('.block-value', { hasText: '480' }).waitFor();
  await changeCode(one, 603);
  await saveChanges(one);
  await changeCode(two, 404);
  await saveBy(two, 'Save Changes');
  const dialog = two.getByRole('dialog', { name: /saved version 2 meanwhile/ });
  await dialog.waitFor();
  assert.match(await dialog.innerText(), /603/);
  assert.match(await dialog.innerText(), /404/);
  assert.equal((await savedDocument(one)).flow.data.code, 603);
  await dialog.getByRole('button', { name: 'Save mine over it' }).click();
  await two
    .getByText(/Version 3 is live/)
    .first()
    .waitFor();
  assert.equal((await savedDocument(two)).flow.data.code, 404);
  await closePage(one);
  await closePage(two);
});

test('unsaved work survives a reload, and leaving asks', async () => {
  const page = await openPage(browser, server);
  await drawNew(page, 'Draft');
  await dropResponse(page, { code: 480 });
  await saveChanges(page);
  await changeCode(page, 603);
  await page.waitForTimeout(700); // drafts are written a moment after the last change
  page.on('dialog', (dialog) => dialog.accept());
  await page.reload();
  await page.locator('.block-value', { hasText: '603' }).waitFor();
  await page.getByRole('link', { name: 'Media' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Keep editing' }).click();
  assert.match(page.url(), /callflows/);
  await page.getByRole('link', { name: 'Media' }).click();
  await question.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.waitForURL(/media/);
  await closePage(page);
});

test('unknown modules and members are shown and survive a save', async () => {
  const page = await openPage(browser, server);
  const odd = {
    module: 'qubicle',
    data: { queue: { deep: [1, null, 'x'] } },
    extra: { kept: true },
  };
  const flow = {
    module: 'menu',
    data: { timeout: 5000 },
    children: { 1: odd, _: { module: 'response', data: { code: '486' }, children: {} } },
  };
  const id = await store(page, { name: 'Imported', numbers: [], flow, x_owner: 'somebody' });
  await page.goto(`/callflows/${id}`);
  await page.getByText('Kept as imported').first().waitFor();
  await page.locator('#block-main').click();
  await page.getByLabel('Name', { exact: true }).fill('Imported and renamed');
  await page.getByRole('button', { name: 'Apply' }).click();
  await saveBy(page, 'Save Changes');
  await page
    .getByText(/is kept as a draft/)
    .first()
    .waitFor();
  const document = await savedDocument(page);
  assert.equal(document.name, 'Imported and renamed');
  assert.equal(document.x_owner, 'somebody');
  const { id: _, ...kept } = document.flow.children['1'];
  assert.deepEqual({ children: undefined, ...kept }, { children: undefined, ...odd });
  await closePage(page);
});

test('delete can be undone; a block moves with its subtree and keeps its key', async () => {
  const page = await openPage(browser, server);
  const end = (code) => ({ module: 'response', data: { code }, children: {} });
  const flow = { module: 'menu', data: {}, children: { 1: end(480), 2: end(486), 3: end(404) } };
  const id = await store(page, { name: 'Moves', numbers: [], flow });
  await page.goto(`/callflows/${id}`);
  await page.locator('.block-value', { hasText: '486' }).waitFor();
  await page.locator('.flow-block', { hasText: '486' }).locator('.block-face').focus();
  await page.keyboard.press('Delete');
  assert.equal((await faces(page)).length, 3);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  assert.equal((await faces(page)).length, 4);
  await dragAction(page, 'menu', '.flow-block:has-text("404") .plus-between');
  await page.getByRole('button', { name: 'Add Menu' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const inner = page.locator('.flow-block:not(.block-main)', { hasText: 'Menu' }).last();
  const source = page.locator('.flow-block', { hasText: '486' }).locator('.block-face');
  await source.dragTo(inner.locator('.block-face'));
  await page.keyboard.press('Control+s');
  await page
    .getByText(/Version 2 is/)
    .first()
    .waitFor();
  const document = await savedDocument(page);
  assert.equal(document.flow.children['3'].children['2'].data.code, 486);
  assert.equal(document.flow.children['3'].children._.data.code, 404);
  assert.equal(document.flow.children['2'], undefined);
  await closePage(page);
});

test('simulate shows the path and the exact final message', async () => {
  const page = await openPage(browser, server);
  await drawNew(page, 'Simulated');
  await dropResponse(page, { code: 480, message: 'Closed today' });
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('[data-final]').waitFor();
  assert.match(await page.locator('[data-final] pre').innerText(), /^SIP\/2\.0 480 Closed today/);
  assert.equal((await page.locator('.step-number').count()) >= 3, true);
  await page.context().close();
});

test('2,000 blocks open', async () => {
  const page = await openPage(browser, server);
  const keys = Array.from({ length: 10 }, (_, index) => `k${index}`);
  const grow = (levels) => ({
    module: 'branch_variable',
    data: { variable: 'x' },
    children: levels
      ? Object.fromEntries(keys.map((key) => [key, grow(levels - 1)]))
      : { _: { module: 'response', data: { code: 486 }, children: {} } },
  });
  const id = await store(page, { name: 'Wide', numbers: [], flow: grow(3) });
  await page.goto('/media'); // scripts are loaded and warm, as for somebody at work
  const began = Date.now();
  await page.goto(`/callflows/${id}`);
  await page.locator('.flow-block:not(.block-main)').first().waitFor();
  console.log(`opened in ${Date.now() - began} ms`);
  await page.context().close();
});
