// How the configurator behaves beyond the manual: keyboard, two editors, drafts, what is kept.
import assert from 'node:assert/strict';
import {
  closePage,
  dragAction,
  drawNew,
  dropResponse,
  expectOnWire,
  faces,
  fillResponse,
  saveBy,
  saveChanges,
  savedDocument,
} from './browser.mjs';
import { startStories } from './stories.mjs';

const FLOWS = '/api/v1/accounts/default/callflows';
const TABS_MAX = 40;
const story = startStories();

async function store(page, server, document) {
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

// Tab, as often as it takes; nothing sets the focus by script.
async function tabTo(page, target) {
  for (let turn = 0; turn < TABS_MAX; turn += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`not reached in ${TABS_MAX} tabs: ${target}`);
}

story('the Response flow can be built and saved by keyboard alone', async ({ page, server }) => {
  const { keyboard } = page;
  const dialog = page.getByRole('dialog');
  const closed = () => dialog.waitFor({ state: 'detached' });
  await page.goto('/callflows');
  const create = page.getByRole('button', { name: 'New callflow' }).first();
  await create.waitFor();
  await tabTo(page, create);
  await keyboard.press('Enter');
  const main = page.locator('#block-main');
  await main.waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Go to the diagram' }));
  await keyboard.press('Enter');
  await page.locator('#block-main:focus').waitFor();
  await keyboard.press('Enter');
  await dialog.getByLabel('Name', { exact: true }).and(page.locator(':focus')).waitFor();
  await keyboard.type('By keyboard');
  await tabTo(page, dialog.getByRole('button', { name: 'Find free' }));
  await keyboard.press('Enter');
  const number = (await dialog.locator('.tag').first().innerText()).trim();
  await tabTo(page, dialog.getByRole('button', { name: 'Apply' }));
  await keyboard.press('Enter');
  await closed();
  await page.locator('#block-main:focus').waitFor();
  await keyboard.press('+');
  await page.getByRole('dialog', { name: 'Add an action' }).waitFor();
  await keyboard.type('resp');
  await keyboard.press('Enter');
  await page.locator('#response-code:focus').waitFor();
  await keyboard.type('busy');
  await keyboard.press('Enter'); // takes the code
  await keyboard.press('Tab');
  await tabTo(page, page.getByLabel('Message'));
  await keyboard.type('All lines are busy');
  await keyboard.press('Enter'); // adds the block
  await closed();
  await page.locator('.block-face:focus', { hasText: 'SIP Code: 486' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Edit' }));
  await keyboard.press('Enter');
  await page.locator('#response-code:focus').waitFor();
  await keyboard.press('Escape');
  await closed();
  await keyboard.press('Control+s');
  await page
    .getByText(/Version \d+ is live/)
    .first()
    .waitFor();
  await expectOnWire(page, server, number, { code: 486, phrase: 'All lines are busy' });
});

story('two browsers on one callflow: no lost update', async ({ page: one, open }) => {
  await drawNew(one, 'Contended');
  await dropResponse(one, { code: 480 });
  await saveChanges(one);
  await one.waitForURL(/callflows\/(?!new)/);
  const two = await open();
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
  await closePage(two);
});

story('unsaved work survives a reload, and leaving asks', async ({ page, server }) => {
  await drawNew(page, 'Draft');
  await dropResponse(page, { code: 480 });
  await saveChanges(page);
  await changeCode(page, 603);
  await page.waitForFunction(() =>
    Object.keys(localStorage).some((name) => name.startsWith('strowger.draft.')),
  );
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
});

story('unknown modules and members are shown and survive a save', async ({ page, server }) => {
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
  const id = await store(page, server, {
    name: 'Imported',
    numbers: [],
    flow,
    x_owner: 'somebody',
  });
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
});

story(
  'delete can be undone; a block moves with its subtree and keeps its key',
  async ({ page, server }) => {
    const end = (code) => ({ module: 'response', data: { code }, children: {} });
    const flow = { module: 'menu', data: {}, children: { 1: end(480), 2: end(486), 3: end(404) } };
    const id = await store(page, server, { name: 'Moves', numbers: [], flow });
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
  },
);

story('simulate shows the path and the exact final message', async ({ page, server }) => {
  await drawNew(page, 'Simulated');
  await dropResponse(page, { code: 480, message: 'Closed today' });
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('[data-final]').waitFor();
  assert.match(await page.locator('[data-final] pre').innerText(), /^SIP\/2\.0 480 Closed today/);
  assert.equal((await page.locator('.step-number').count()) >= 3, true);
});

story('2,000 blocks open', async ({ page, server }) => {
  const keys = Array.from({ length: 10 }, (_, index) => `k${index}`);
  const grow = (levels) => ({
    module: 'branch_variable',
    data: { variable: 'x' },
    children: levels
      ? Object.fromEntries(keys.map((key) => [key, grow(levels - 1)]))
      : { _: { module: 'response', data: { code: 486 }, children: {} } },
  });
  const id = await store(page, server, { name: 'Wide', numbers: [], flow: grow(3) });
  await page.goto('/media'); // scripts are loaded and warm, as for somebody at work
  const began = Date.now();
  await page.goto(`/callflows/${id}`);
  await page.locator('.flow-block:not(.block-main)').first().waitFor();
  console.log(`opened in ${Date.now() - began} ms`);
});
