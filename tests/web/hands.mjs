// What hands do with a page: presses take a tenth of a second, keys go to what has the focus.
import assert from 'node:assert/strict';

const API = '/api/v1/accounts/default';
const PRESS_MS = 100;
const FOCUS_MS = 3_000;

// At a place within it: by halves in its middle. Not before it stands still: what is still loading
// moves it, and a person looks where to press.
export async function press(page, target, across = 0.5) {
  await target.scrollIntoViewIfNeeded();
  const { width, height } = await target.boundingBox();
  await target.hover({ position: { x: width * across, y: height / 2 } });
  await page.mouse.down();
  await page.waitForTimeout(PRESS_MS);
  await page.mouse.up();
}

export async function expectFocus(page, target) {
  await target.waitFor();
  const has = (element) => element === document.activeElement;
  try {
    await page.waitForFunction(has, await target.elementHandle(), { timeout: FOCUS_MS });
  } catch {
    const name = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
    assert.fail(`the focus is on ${name}`);
  }
}

// A field that is full is emptied key by key, and typed anew.
export async function retype(page, field, text) {
  await press(page, field);
  await page.keyboard.press('End');
  while ((await field.inputValue()) !== '') {
    const before = await field.inputValue();
    await page.keyboard.press('Backspace');
    assert.notEqual(await field.inputValue(), before, 'nothing goes away');
    assert.ok((await field.inputValue()).length < before.length, 'it fills itself again');
  }
  await page.keyboard.type(text, { delay: 20 });
}

// Straight to the server.
export async function send(page, server, method, to, data) {
  const headers = { Origin: server.url, ...(method === 'DELETE' && { 'If-Match': '*' }) };
  const answer = await page.request.fetch(`${API}${to}`, { method, data, headers });
  assert.ok(answer.ok(), await answer.text());
  return answer.status() === 204 ? null : answer.json();
}

export const dialog = (page) => page.getByRole('dialog');
export const question = (page) => page.getByRole('alertdialog', { name: 'Leave without saving?' });
export const panel = (page, name) => page.getByRole('complementary', { name, exact: true });

