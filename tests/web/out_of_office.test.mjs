// The manual's own case, whole: a caller can't be connected with a seat, and hears and sees why.
import assert from 'node:assert/strict';
import { dragAction, drawNew, expectOnWire, fillResponse, saveChanges } from './browser.mjs';
import { registerPhone, whilePhone } from './phone.mjs';
import { addSeat, done } from './seats.mjs';
import { tone } from './sound.mjs';
import { startStories } from './stories.mjs';

const RING_S = 2;
const UNDER_SEAT = '.flow-block:has-text("Anna Berg") [data-plus]:not(.plus-between)';
let anna;

const story = startStories({
  wire: true,
  prepare: async ({ page }) => {
    const seat = await addSeat(page, { first: 'Anna', last: 'Berg' });
    const settings = await seat.shown.innerText();
    anna = { ...seat, user: /phone-\w+/.exec(settings)[0] };
    await done(page, seat);
    await page.goto('/media');
    const file = { name: 'Out.wav', mimeType: 'audio/wav', buffer: tone(1) };
    await page.locator('main > header input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Out', exact: true }).waitFor();
  },
});

// A callflow that rings Anna, and what comes below her block. → its number
async function draw(page, name, responses) {
  const number = await drawNew(page, name);
  await dragAction(page, 'user', '[data-plus="main"]');
  const pop = page.getByRole('dialog', { name: 'Seat' });
  const who = `Anna Berg, ${anna.extension}`;
  await pop.getByRole('combobox', { name: 'Seat' }).selectOption({ label: who });
  await pop.getByLabel('Ring for').fill(String(RING_S));
  await pop.getByRole('button', { name: 'Add Seat' }).click();
  await pop.waitFor({ state: 'detached' });
  for (const { when, ...response } of responses) {
    await dragAction(page, 'response', UNDER_SEAT);
    const dialog = page.getByRole('dialog', { name: 'Response' });
    await dialog.getByRole('combobox', { name: 'Why not connected' }).selectOption({ label: when });
    await fillResponse(page, response);
    await dialog.getByRole('button', { name: 'Add Response' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await saveChanges(page);
  return number;
}

// What callers of `number` get while Anna's phone does that; the phone sees its call to the end.
function expectWhile(server, number, scenario, expected, port) {
  return whilePhone(server, scenario, port, () => expectOnWire(null, server, number, expected));
}

story('one Response for whoever can’t be connected with the seat', async ({ page, server }) => {
  const away = { code: 480, message: 'Out of office', media: 'Out' };
  const number = await draw(page, 'Reception', [{ when: 'Anything else', ...away }]);
  const expected = { code: 480, phrase: 'Out of office' };
  const unregistered = await expectOnWire(page, server, number, expected);
  assert.match(unregistered, /heard: 1000 ms of sound in 50 packets, 440 Hz/);
  const port = await registerPhone(server, anna);
  for (const scenario of ['phone_busy', 'phone_rings', 'phone_rejects']) {
    await expectWhile(server, number, scenario, expected, port);
  }
  const answered = { code: 200, phrase: 'OK', options: ['--hangup-after', '1'] };
  await expectWhile(server, number, 'phone_answers', answered, port);
});

story(
  'a Response of its own for busy, for no answer and for the rest',
  async ({ page, server }) => {
    const number = await draw(page, 'By cause', [
      { when: 'Busy', code: 486, message: 'On the phone' },
      { when: 'No answer', code: 480, message: 'Out for lunch' },
      { when: 'Anything else', code: 603, message: 'Not today' },
    ]);
    const port = await registerPhone(server, anna);
    for (const [scenario, code, phrase] of [
      ['phone_busy', 486, 'On the phone'],
      ['phone_rings', 480, 'Out for lunch'],
      ['phone_rejects', 603, 'Not today'],
    ]) {
      await expectWhile(server, number, scenario, { code, phrase }, port);
    }
  },
);
