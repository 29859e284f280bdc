// How the configurator behaves beyond the manual: keyboard, two editors, drafts, what is kept.
import assert from 'node:assert/strict';
import {
  addUser,
  dragAction,
  drawNew,
  dropResponse,
  expectOnWire,
  fillResponse,
  publish,
  saveBy,
  saveChanges,
  savedDocument,
} from './browser.mjs';
import { startStories } from './stories.mjs';

const FLOWS = '/api/v1/accounts/default/callflows';
const TABS_MAX = 40;
const story = startStories({ wire: true });

async function store(page, server, document) {
  const headers = { Origin: server.url };
  const answer = await page.request.post(FLOWS, { data: document, headers });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).id;
}

const end = (code) => ({ module: 'response', data: { code }, children: {} });

const draftIsKept = (page) =>
  page.waitForFunction(() =>
    Object.keys(localStorage).some((name) => name.startsWith('strowger.draft.')),
  );

const blocksAre = (page, count) =>
  page.waitForFunction(
    (wanted) => document.querySelectorAll('.flow-block:not(.block-main)').length === wanted,
    count,
  );

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
  await two.context().close();
});

story('what somebody else saves is seen at once, and compared', async ({ page, server, open }) => {
  const id = await publish(page, server, { name: 'Shared', numbers: [], flow: end(480) });
  const login = await addUser(page, server, 'tomas', 'editor');
  const other = await open({ login });
  await page.goto(`/callflows/${id}`);
  await page.locator('.block-value', { hasText: '480' }).waitFor();
  await other.goto(`/callflows/${id}`);
  await changeCode(other, 603);
  await saveChanges(other);
  await page.getByText('tomas saved version 2 meanwhile').waitFor();
  await page.locator('.block-value', { hasText: '603' }).waitFor();
  await changeCode(page, 404);
  await changeCode(other, 410);
  await saveChanges(other);
  await page.getByRole('button', { name: 'Compare' }).click();
  const dialog = page.getByRole('dialog', { name: /tomas saved version 3 meanwhile/ });
  assert.match(await dialog.innerText(), /404[\s\S]*410/);
  await dialog.getByRole('button', { name: 'Take theirs' }).click();
  await page.locator('.block-value', { hasText: '410' }).waitFor();
  await other.context().close();
});

story('a draft never hides what was saved after it', async ({ page, server, open }) => {
  const id = await publish(page, server, { name: 'Old draft', numbers: [], flow: end(480) });
  await page.goto(`/callflows/${id}`);
  await changeCode(page, 603);
  await draftIsKept(page);
  await page.goto('about:blank');
  const other = await open();
  await other.goto(`/callflows/${id}`);
  await changeCode(other, 404);
  await saveChanges(other);
  await other.context().close();
  await page.goto(`/callflows/${id}`);
  await page.getByText('you see both when you save').waitFor();
  await saveBy(page, 'Save Changes');
  await page.getByRole('dialog', { name: /saved version 2 meanwhile/ }).waitFor();
  assert.equal((await savedDocument(page)).flow.data.code, 404);
});

story('unsaved work survives a reload, and leaving asks', async ({ page }) => {
  await drawNew(page, 'Draft');
  await dropResponse(page, { code: 480 });
  await saveChanges(page);
  await changeCode(page, 603);
  await draftIsKept(page);
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
    const flow = { module: 'menu', data: {}, children: { 1: end(480), 2: end(486), 3: end(404) } };
    const id = await store(page, server, { name: 'Moves', numbers: [], flow });
    await page.goto(`/callflows/${id}`);
    await page.locator('.block-value', { hasText: '486' }).waitFor();
    await page.locator('.flow-block', { hasText: '486' }).locator('.block-face').focus();
    await page.keyboard.press('Delete');
    await blocksAre(page, 3);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await blocksAre(page, 4);
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

story('a drop on an empty branch takes that branch', async ({ page, server }) => {
  const flow = { module: 'menu', data: {}, children: { 1: end(480) } };
  const id = await publish(page, server, { name: 'Branches', numbers: [], flow });
  await page.goto(`/callflows/${id}`);
  const menu = page.locator('.flow-block', { hasText: 'Menu' });
  await menu.waitFor();
  const dataTransfer = await page.evaluateHandle(() => new DataTransfer());
  await page.dispatchEvent('[data-action=response]', 'dragstart', { dataTransfer });
  await page.locator('[data-block][data-drop=legal]').first().waitFor();
  await menu.dispatchEvent('dragover', { dataTransfer });
  const slots = await menu.locator('[data-slot]').allInnerTexts();
  assert.deepEqual(slots, [
    '2',
    '3',
    '4',
    'No key pressed',
    'Too many wrong keys',
    'Anything else',
  ]);
  const slot = menu.locator('[data-slot=timeout]');
  await slot.dispatchEvent('dragover', { dataTransfer });
  await slot.dispatchEvent('drop', { dataTransfer });
  await fillResponse(page, { code: 404 });
  await page.getByRole('button', { name: 'Add Response' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await saveBy(page, 'Save Changes');
  await page
    .getByText(/Version 2 is/)
    .first()
    .waitFor();
  assert.equal((await savedDocument(page)).flow.children.timeout.data.code, 404);
});

story('simulate shows the path and the exact final message', async ({ page }) => {
  await drawNew(page, 'Simulated');
  await dropResponse(page, { code: 480, message: 'Closed today' });
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('[data-final]').waitFor();
  assert.match(await page.locator('[data-final] pre').innerText(), /^SIP\/2\.0 480 Closed today/);
  assert.equal((await page.locator('.step-number').count()) >= 3, true);
});

story('simulate rings the phones of a seat, as they are told to be', async ({ page, server }) => {
  const data = { first_name: 'Simone', extension: '1777' };
  const headers = { Origin: server.url };
  const added = await page.request.post('/api/v1/accounts/default/seats', { data, headers });
  assert.equal(added.status(), 201, await added.text());
  const seat = (await added.json()).id;
  const flow = { module: 'user', data: { id: seat }, children: { USER_BUSY: end(480) } };
  const id = await publish(page, server, { name: 'Ring Simone', numbers: [], flow });
  await page.goto(`/callflows/${id}`);
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  const ladder = page.getByRole('complementary', { name: 'Simulate a call' }).getByRole('img');
  const run = async (phones, said) => {
    await page.getByLabel('Phones', { exact: true }).selectOption(phones);
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.locator(`[data-ladder] svg[aria-label*="${said}"]`).waitFor();
    return ladder.locator('.ladder-head').allTextContents();
  };
  const columns = await run('Are busy', 'Simone → Strowger: 486 Busy Here');
  assert.deepEqual(columns, ['Caller', 'Strowger', 'Simone']);
  await run('Answer', 'Simone → Strowger: 200 OK');
  assert.match(await ladder.getAttribute('aria-label'), / Talk, /);
  await run('Are offline', 'Strowger → Caller: 480');
  const rung = page.getByRole('region', { name: 'Rung' }).getByRole('listitem');
  assert.match(await rung.innerText(), /Simone[\s\S]*not registered/);
});

story('a bypassed block says so, and runs again', async ({ page, server }) => {
  const flow = { module: 'sleep', data: { duration: 3 }, children: { _: end(480) } };
  const id = await publish(page, server, { name: 'Bypass', numbers: [], flow });
  await page.goto(`/callflows/${id}`);
  const sleep = page.locator('.flow-block', { hasText: 'Sleep' });
  await sleep.locator('.block-face').click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('toolbar').getByRole('button', { name: 'Bypass' }).click();
  await page.locator('[data-skipped=true]').waitFor();
  await sleep.locator('.block-face').click();
  await page.getByRole('button', { name: 'Run this block again' }).last().click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.locator('[data-skipped=true]').waitFor({ state: 'detached' });
  const save = page.getByRole('button', { name: 'Save', exact: true });
  assert.equal(await save.isDisabled(), true); // as it was
});

story('2,000 blocks: what is in view is built, the rest when it is gone to', async (scene) => {
  const { page, server } = scene;
  const keys = Array.from({ length: 10 }, (_, index) => `k${index}`);
  const grow = (levels) => ({
    module: 'branch_variable',
    data: { variable: 'x' },
    children: levels
      ? Object.fromEntries(keys.map((key) => [key, grow(levels - 1)]))
      : { _: { module: 'response', data: { code: 486 }, children: {} } },
  });
  const flow = grow(3);
  flow.children.k9.children.k9.children.k9.children._.data.code = 410;
  const id = await store(page, server, { name: 'Wide', numbers: [], flow });
  await page.goto(`/callflows/${id}`);
  await page.locator('.flow-block:not(.block-main)').first().waitFor();
  assert.ok((await page.locator('.flow-block').count()) < 200);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('410');
  await page.getByRole('option', { name: /410/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.block-face:focus', { hasText: 'SIP Code: 410' }).waitFor();
});
