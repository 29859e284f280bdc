// What hands do, and click() and fill() hide: a press takes a tenth of a second and lands where its
// target was before, keys go to what has the focus, and nobody waits for an upload.
import assert from 'node:assert/strict';
import {
  dragAction,
  drawNew,
  MICROPHONE,
  publish,
  savedDocument,
  saveChanges,
} from './browser.mjs';
import { dialog, expectFocus, panel, press, question, retype, send } from './hands.mjs';
import { addSeat, done } from './seats.mjs';
import { tone } from './sound.mjs';
import { startStories } from './stories.mjs';

const API = '/api/v1/accounts/default';
const UPLOAD_MS = 1_000;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const LONG = 'Weihnachtsfeiertagsanrufannahmestelle der Hauptverwaltung Süd';

const story = startStories({ wire: true, args: MICROPHONE });

story('what is filled in while a sound is sent stays', async ({ page }) => {
  await drawNew(page, 'Sent meanwhile');
  await page.route(`**${API}/media?*`, async (route) => {
    if (route.request().method() === 'POST') await page.waitForTimeout(UPLOAD_MS);
    await route.continue();
  });
  await dragAction(page, 'response', '[data-plus=main]');
  const choosing = page.waitForEvent('filechooser');
  await dialog(page).getByRole('button', { name: 'Upload' }).click();
  const sound = { name: 'Slow.wav', mimeType: 'audio/wav', buffer: tone(1) };
  await (await choosing).setFiles(sound);
  await page.locator('#response-code').fill('486');
  await page.keyboard.press('Enter');
  await page.getByLabel('Message').fill('Typed meanwhile');
  await page.locator('[data-media-menu]').filter({ hasText: 'Slow' }).waitFor();
  assert.equal(await page.locator('#response-code').inputValue(), '486');
  assert.equal(await page.getByLabel('Message').inputValue(), 'Typed meanwhile');
});

// → whether the browser is told not to open the file
const dropAt = (target) =>
  target.evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['sound'], 'Missed.wav', { type: 'audio/wav' }));
    const how = { dataTransfer, bubbles: true, cancelable: true };
    const taken = ['dragover', 'drop'].map((kind) => new DragEvent(kind, how));
    return taken.map((event) => !element.dispatchEvent(event)).join();
  });

story('a file that misses its field is not opened instead of the app', async ({ page }) => {
  await drawNew(page, 'Beside');
  await dragAction(page, 'response', '[data-plus=main]');
  assert.equal(await dropAt(page.getByLabel('Message')), 'true,true');
  assert.equal(await dropAt(page.locator('.dialog-scrim')), 'true,true');
});

// The list of codes is above them, and goes: not before the finger is up again.
story('what is below the list of codes can be pressed while it is open', async ({ page }) => {
  await drawNew(page, 'Below the list');
  await dragAction(page, 'response', '[data-plus=main]');
  const list = page.getByRole('listbox');
  const pressBelow = async (target, typed) => {
    await page.locator('#response-code').fill(typed);
    await list.waitFor();
    await press(page, target);
    await list.waitFor({ state: 'detached' });
  };
  await pressBelow(page.locator('[data-media-menu]'), '48');
  await page.getByRole('menuitem', { name: 'No media' }).click();
  const message = page.getByLabel('Message');
  await pressBelow(message, '41');
  await expectFocus(page, message);
  const more = page.getByRole('button', { name: /^More/ });
  await pressBelow(more, '40');
  assert.equal(await more.getAttribute('aria-expanded'), 'true');
});

story('Escape closes the list of codes, and then the pop-up', async ({ page }) => {
  await drawNew(page, 'Escapes');
  await dragAction(page, 'response', '[data-plus=main]');
  await page.keyboard.type('bus', { delay: 20 });
  await page.getByRole('listbox').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await expectFocus(page, page.locator('#response-code'));
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
});

story('a pop-up that can’t be applied says what it lacks', async ({ page }) => {
  await drawNew(page, 'Lacks a sound');
  await dragAction(page, 'play', '[data-plus=main]');
  await dialog(page).getByText('Needed').waitFor();
  assert.ok(await dialog(page).getByRole('button', { name: 'Add Media' }).isDisabled());
});

story('the members of a Ring Group block are rows, and keep what they hold', async (given) => {
  const { page, server } = given;
  await send(page, server, 'POST', '/seats', { id: 'ida', first_name: 'Ida', extension: '5801' });
  await send(page, server, 'POST', '/seats', { id: 'ole', first_name: 'Ole', extension: '5802' });
  const endpoints = [{ endpoint_type: 'user', id: 'ida', delay: 5, timeout: 15, note: 'kept' }];
  const data = { name: 'Both', strategy: 'weighted_random', endpoints };
  const flow = { module: 'ring_group', data, children: {} };
  const id = await publish(page, server, { name: 'Rings both', numbers: ['5800'], flow });
  await page.goto(`/callflows/${id}`);
  await page.locator('.flow-block:not(.block-main)').dblclick();
  await retype(page, dialog(page).getByLabel('Rings for (s), Ida'), '30');
  await dialog(page).getByLabel('Add a member').selectOption({ label: 'Ole' });
  await dialog(page).getByLabel('Weight, Ole').fill('40');
  await dialog(page).getByRole('button', { name: 'Apply' }).click();
  await saveChanges(page);
  assert.deepEqual((await savedDocument(page)).flow.data.endpoints, [
    { ...endpoints[0], timeout: 30 },
    { endpoint_type: 'user', id: 'ole', weight: 40 },
  ]);
});

story('a number is emptied and typed anew', async ({ page, server }) => {
  await send(page, server, 'POST', '/seats', { id: 'una', first_name: 'Una', extension: '5811' });
  const endpoints = [{ endpoint_type: 'user', id: 'una', delay: 5, timeout: 20 }];
  await send(page, server, 'POST', '/ring_groups', { name: 'Retyped', repeats: 2, endpoints });
  await page.goto('/ring-groups');
  await page.getByRole('button', { name: 'Retyped' }).click();
  const group = panel(page, 'Retyped');
  const texts = { 'After (s), Una': '12', 'Rings for (s), Una': '30', Rounds: '3' };
  for (const [label, text] of Object.entries(texts)) {
    await retype(page, group.getByLabel(label), text);
    assert.equal(await group.getByLabel(label).inputValue(), text);
  }
});

story('who takes a row out goes on from the next one', async ({ page, server }) => {
  const addresses = ['one', 'two', 'three'].map((name) => ({ host: `${name}.example.net` }));
  await send(page, server, 'POST', '/trunks', { name: 'Rows', addresses });
  await page.goto('/trunks');
  await page.getByRole('button', { name: /^Rows/ }).click();
  const trunk = panel(page, 'Rows');
  const remove = (number) => trunk.getByRole('button', { name: `Remove address ${number}` });
  await press(page, remove(3));
  await expectFocus(page, remove(2));
  await page.keyboard.press('Enter');
  await expectFocus(page, remove(1));
  await page.keyboard.press('Enter');
  await expectFocus(page, trunk.getByRole('button', { name: 'Add an address' }));
  await drawNew(page, 'Rows of numbers');
  await page.locator('#block-main').dblclick();
  const extensions = dialog(page).getByLabel('Extensions', { exact: true });
  await extensions.fill('5821');
  await extensions.press('Enter');
  await press(page, dialog(page).getByRole('button', { name: 'Remove 5821' }));
  await expectFocus(page, dialog(page).getByRole('button', { name: /^Remove/ }));
  await page.keyboard.press('Enter');
  await expectFocus(page, dialog(page).getByRole('button', { name: 'Add: Extensions' }));
});

story('a row opens wherever it is pressed; its panel gives the focus back', async ({ page }) => {
  const seat = await addSeat(page, { first: 'Rowan' });
  await done(page, seat);
  await page.goto('/seats');
  const row = page.getByRole('row', { name: /^Rowan/ });
  await press(page, row, 0.6);
  await expectFocus(page, panel(page, 'Rowan'));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // its cross
  await panel(page, 'Rowan').waitFor({ state: 'detached' });
  await expectFocus(page, row.getByRole('button'));
});

story('who asks what happens types the number at once', async ({ page }) => {
  await page.goto('/numbers');
  await press(page, page.getByRole('button', { name: 'What happens if …' }));
  await expectFocus(page, page.getByLabel('Number called'));
});

story('a question out of a menu gives the focus back to what opens the menu', async ({ page }) => {
  await drawNew(page, 'Asked');
  const save = page.getByRole('button', { name: 'Save', exact: true });
  await press(page, save);
  await press(page, page.getByRole('menuitem', { name: /^Cancel/ }));
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep editing' }).click();
  await expectFocus(page, save);
});

story('what is not saved is not left without a question', async ({ page, server }) => {
  for (const name of ['Left', 'Right']) {
    await send(page, server, 'POST', '/ring_groups', { name, endpoints: [] });
    await done(page, await addSeat(page, { first: name }));
  }
  for (const to of ['/seats', '/ring-groups']) {
    await page.goto(to);
    await page.getByRole('button', { name: 'Left' }).click();
    const fields = panel(page, 'Left').getByRole('textbox');
    await fields.first().fill('Lefty');
    const away = [
      page.getByRole('button', { name: 'Right' }),
      panel(page, 'Left').getByRole('button', { name: 'Close' }),
      page.getByRole('link', { name: 'Media' }),
    ];
    for (const target of away) {
      await press(page, target);
      await question(page).waitFor();
      await page.keyboard.press('Escape');
      await question(page).waitFor({ state: 'detached' });
      await expectFocus(page, target);
      assert.equal(await fields.first().inputValue(), 'Lefty');
    }
    await press(page, away[0]);
    await question(page).getByRole('button', { name: 'Leave' }).click();
    await panel(page, 'Right').waitFor();
    await press(page, away[2]); // nothing is asked
    await page.waitForURL('**/media');
  }
  await page.goto('/settings');
  await page.getByLabel('Country code').fill('49');
  await press(page, page.getByRole('link', { name: 'Trunks' }));
  await question(page).getByRole('button', { name: 'Keep editing' }).click();
  assert.equal(await page.getByLabel('Country code').inputValue(), '49');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The settings are saved').waitFor();
  await press(page, page.getByRole('link', { name: 'Trunks' }));
  await page.waitForURL('**/trunks');
});

story('what is deleted with edits in it asks once: whether to delete it', async (given) => {
  const { page, server } = given;
  await send(page, server, 'POST', '/trunks', { name: 'Gone soon', addresses: [] });
  await page.goto('/trunks');
  await page.getByRole('button', { name: 'Gone soon' }).click();
  const trunk = panel(page, 'Gone soon');
  await trunk.getByLabel('Name', { exact: true }).fill('Gone');
  await trunk.getByLabel('Password at the carrier').fill('secret-of-them');
  await trunk.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await trunk.waitFor({ state: 'detached' });
  assert.equal(await question(page).count(), 0);
});

story('a secret shown once outlasts a second Enter and a press beside it', async ({ page }) => {
  // As it is on pages that come by HTTP.
  await page.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
  });
  await page.goto('/tokens');
  await page.getByRole('button', { name: 'New token' }).click();
  await expectFocus(page, dialog(page).getByLabel('Name'));
  await page.keyboard.type('Impatient', { delay: 20 });
  await page.keyboard.press('Enter');
  const shown = page.getByRole('dialog', { name: 'Impatient is ready' });
  const secret = await shown.getByLabel('Token').innerText();
  await page.keyboard.press('Enter');
  await shown.getByRole('button', { name: 'Copied' }).waitFor();
  await page.mouse.click(20, 880);
  await expectFocus(page, shown.getByRole('button', { name: 'Copied' }));
  await shown.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'New token' }).click();
  await expectFocus(page, dialog(page).getByLabel('Name'));
  await page.keyboard.press('Control+v');
  assert.equal(await dialog(page).getByLabel('Name').inputValue(), secret.trim());
});

story('Enter ends a recording, it does not throw it away', async ({ page }) => {
  await page.goto('/media');
  await page.getByRole('button', { name: 'Record' }).click();
  await expectFocus(page, dialog(page).getByRole('button', { name: 'Stop recording' }));
  await page.mouse.click(20, 880);
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('button', { name: 'Save recording' }).click();
  await page.getByRole('button', { name: /^Recording of/ }).first().waitFor();
});

story('long names stay within the page of a phone', async ({ page, server, open }) => {
  const flow = { module: 'response', data: { code: 480 }, children: {} };
  await publish(page, server, { name: LONG, numbers: ['+493055500171'], flow });
  const phone = await open(PHONE);
  for (const to of ['/numbers', '/audit']) {
    await phone.goto(to);
    const link = phone.getByRole('link', { name: LONG }).first();
    await link.waitFor();
    const { x, width } = await link.boundingBox();
    assert.ok(x + width <= PHONE.viewport.width, `${to}: its name ends at ${x + width}`);
    const table = await phone.getByRole('table').boundingBox();
    assert.ok(table.width <= PHONE.viewport.width, `${to}: the table has ${table.width} px`);
  }
  await phone.context().close();
});
