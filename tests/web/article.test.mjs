// The manual's requirements S1 to S13, one by one, in a real browser. Each ends on the wire.
import assert from 'node:assert/strict';
import {
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
import { tone } from './sound.mjs';
import { startStories } from './stories.mjs';

const story = startStories();

async function uploadTone(page, name) {
  await page.goto('/media');
  const file = { name: `${name}.wav`, mimeType: 'audio/wav', buffer: tone(1) };
  await page.locator('main > header input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name, exact: true }).waitFor();
}

story(
  'S1: a callflow is created, its Main Callflow Block filled, then blocks added',
  async ({ page, server }) => {
    const number = await drawNew(page, 'S1 reception');
    assert.match(await page.locator('.block-main').innerText(), /S1 reception/);
    await dropResponse(page, { code: 486 });
    await saveChanges(page);
    assert.match(page.url(), /callflows\/(?!new)/);
    await expectOnWire(page, server, number, { code: 486, phrase: 'Busy Here' });
  },
);

story(
  'S2: the catalog stands on the right, in groups; Response is in Advanced',
  async ({ page, server }) => {
    const number = await drawNew(page, 'S2');
    const catalog = page.getByRole('complementary', { name: 'Catalog of Actions' });
    const [left, width] = [(await catalog.boundingBox()).x, page.viewportSize().width];
    assert.ok(left > width / 2);
    const advanced = catalog.getByRole('region', { name: 'Advanced' });
    await advanced.locator('[data-action=response]').waitFor();
    await catalog.getByLabel('Search actions').fill('respo');
    assert.equal((await catalog.locator('[data-action]').count()) >= 1, true);
    await dropResponse(page, { code: 480 });
    await saveChanges(page);
    await expectOnWire(page, server, number, { code: 480 });
  },
);

story(
  'S3: drag and drop, onto several legal places; illegal ones say why',
  async ({ page, server }) => {
    const number = await drawNew(page, 'S3');
    await dropResponse(page, { code: 480 });
    await dragAction(page, 'sleep', '.plus-between'); // between the main block and Response
    await page.getByRole('button', { name: 'Add Sleep' }).click();
    const response = page.locator('.flow-block', { hasText: 'SIP Code: 480' });
    assert.deepEqual((await faces(page)).length, 2);
    const data = await page.evaluateHandle(() => new DataTransfer());
    await page.dispatchEvent('[data-action=hangup], [data-action=response]', 'dragstart', {
      dataTransfer: data,
    });
    await page.locator('[data-drop=refused]').first().waitFor();
    assert.match(await response.innerText(), /ends the call/);
    await page.dispatchEvent('[data-action=response]', 'dragend', { dataTransfer: data });
    await saveChanges(page);
    await expectOnWire(page, server, number, { code: 480 });
  },
);

story(
  'S4: a drop opens the pop-up at once; Cancel removes the block; a click edits',
  async ({ page, server }) => {
    const number = await drawNew(page, 'S4');
    await dragAction(page, 'response', '[data-plus=main]');
    await page.getByRole('dialog', { name: 'Response' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await faces(page)).length, 0);
    await dropResponse(page, { code: 486 });
    await page.locator('.flow-block:not(.block-main) .block-face').click();
    await fillResponse(page, { code: 603 });
    await page.getByRole('button', { name: 'Apply' }).click();
    assert.deepEqual(await faces(page), ['SIP Code: 603']);
    await saveChanges(page);
    await expectOnWire(page, server, number, { code: 603 });
  },
);

story('S5: Response has SIP Code, Message and Media', async ({ page, server }) => {
  const number = await drawNew(page, 'S5');
  await dragAction(page, 'response', '[data-plus=main]');
  await page.locator('#response-code').fill('busy');
  assert.match(await page.getByRole('option').first().innerText(), /486/);
  await page.keyboard.press('Enter');
  await page.getByLabel('Message').fill('All lines are "busy"');
  const add = page.getByRole('button', { name: 'Add Response' });
  assert.equal(await add.isDisabled(), true);
  await page.getByRole('button', { name: /^Use/ }).click();
  await page.getByRole('button', { name: /^Use/ }).click();
  assert.equal(await page.getByLabel('Message').inputValue(), "All lines are 'busy'");
  assert.match(
    await page.locator('[data-preview]').innerText(),
    /^SIP\/2\.0 486 All lines are 'busy'/,
  );
  await add.click();
  await saveChanges(page);
  await expectOnWire(page, server, number, { code: 486, phrase: "All lines are 'busy'" });
});

story('S6: the Media drop-down shows what the Media section has', async ({ page, server }) => {
  await uploadTone(page, 'S6 closed');
  const number = await drawNew(page, 'S6');
  await dragAction(page, 'response', '[data-plus=main]');
  await page.locator('[data-media-menu]').click();
  const offered = await page.getByRole('menuitem').allInnerTexts();
  assert.match(offered[0], /No media/);
  assert.ok(offered.some((one) => one.includes('S6 closed')));
  await page.keyboard.press('Escape');
  await page.locator('[data-media-menu]:focus').waitFor();
  await fillResponse(page, { code: 480, media: 'S6 closed' });
  await page.getByRole('button', { name: 'Add Response' }).click();
  await saveChanges(page);
  await expectOnWire(page, server, number, { code: 480 });
});

story('S7: callers get the code and message, after the media', async ({ page, server }) => {
  await uploadTone(page, 'S7 tone');
  const number = await drawNew(page, 'S7');
  await dropResponse(page, { code: 480, message: 'Closed until nine', media: 'S7 tone' });
  await saveChanges(page);
  const seen = await expectOnWire(page, server, number, {
    code: 480,
    phrase: 'Closed until nine',
  });
  if (seen !== null) assert.match(seen, /183/);
});

story('S8: the block shows its SIP code', async ({ page, server }) => {
  const number = await drawNew(page, 'S8');
  await dropResponse(page, { code: 404, message: 'No such desk' });
  const block = page.locator('.flow-block:not(.block-main)');
  assert.match(await block.innerText(), /SIP Code: 404/);
  assert.match(await block.innerText(), /No such desk/);
  await saveChanges(page);
  await expectOnWire(page, server, number, { code: 404, phrase: 'No such desk' });
});

story(
  'S9: Save is inactive until something differs, then opens a menu',
  async ({ page, server }) => {
    const number = await drawNew(page, 'S9');
    await dropResponse(page, { code: 486 });
    await saveChanges(page);
    const save = page.getByRole('button', { name: 'Save', exact: true });
    assert.equal(await save.isDisabled(), true);
    await page.locator('.flow-block:not(.block-main) .block-face').click();
    await fillResponse(page, { code: 600 });
    await page.getByRole('button', { name: 'Apply' }).click();
    assert.equal(await save.isEnabled(), true);
    await save.click();
    const entries = (await page.getByRole('menuitem').allInnerTexts()).map(
      (one) => one.split('\n')[0],
    );
    assert.deepEqual(entries, ['Save Changes', 'Save and Duplicate', 'Save and Create', 'Cancel']);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Undo' }).first().click();
    assert.equal(await save.isDisabled(), true);
    await expectOnWire(page, server, number, { code: 486 });
  },
);

story('S10: Save Changes keeps what was drawn', async ({ page, server }) => {
  const number = await drawNew(page, 'S10');
  await dropResponse(page, { code: 403, message: 'Not for you' });
  await saveChanges(page);
  await page.reload();
  await page.locator('.block-value', { hasText: 'SIP Code: 403' }).waitFor();
  assert.equal((await savedDocument(page)).flow.data.message, 'Not for you');
  await expectOnWire(page, server, number, { code: 403, phrase: 'Not for you' });
});

story(
  'S11: Save and Duplicate makes “<name> copy” without numbers, then “copy 2”',
  async ({ page, server }) => {
    const number = await drawNew(page, 'S11');
    await dropResponse(page, { code: 410 });
    await saveBy(page, 'Save and Duplicate');
    await page.getByRole('heading', { name: 'S11 copy', level: 1 }).waitFor();
    const copy = await savedDocument(page);
    assert.deepEqual(copy.numbers ?? [], []);
    assert.equal(copy.flow.data.code, 410);
    await page
      .getByRole('link', { name: /^S11\s/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'S11', exact: true, level: 1 }).waitFor();
    await page.locator('.flow-block:not(.block-main) .block-face').click();
    await fillResponse(page, { code: 404 });
    await page.getByRole('button', { name: 'Apply' }).click();
    await saveBy(page, 'Save and Duplicate');
    await page.getByRole('heading', { name: 'S11 copy 2', level: 1 }).waitFor();
    await expectOnWire(page, server, number, { code: 404 });
  },
);

story('S12: Save and Create saves, then opens a new, empty callflow', async ({ page, server }) => {
  const number = await drawNew(page, 'S12');
  await dropResponse(page, { code: 433 });
  await saveBy(page, 'Save and Create');
  await page.getByRole('heading', { name: 'New callflow', level: 1 }).waitFor();
  assert.equal((await faces(page)).length, 0);
  await expectOnWire(page, server, number, { code: 433 });
});

story('S13: Cancel drops the changes, and asks before', async ({ page, server }) => {
  const number = await drawNew(page, 'S13');
  await dropResponse(page, { code: 486 });
  await saveChanges(page);
  await page.locator('.flow-block:not(.block-main) .block-face').click();
  await fillResponse(page, { code: 503 });
  await page.getByRole('button', { name: 'Apply' }).click();
  await saveBy(page, 'Cancel');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep editing' }).click();
  assert.deepEqual(await faces(page), ['SIP Code: 503']);
  await saveBy(page, 'Cancel');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Drop changes' }).click();
  await page.locator('.block-value', { hasText: 'SIP Code: 486' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled(), true);
  await expectOnWire(page, server, number, { code: 486 });
});
