// What the server refuses, as the fields tell it.
import assert from 'node:assert/strict';

// What stands under a field.
export async function hintOf(page, field) {
  const ids = (await field.getAttribute('aria-describedby')).split(' ');
  return page.locator(`[id="${ids.at(-1)}"]`);
}

export async function expectWrong(page, field, text) {
  await (await hintOf(page, field)).getByText(text).waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
}

export async function expectRight(page, field) {
  assert.equal(await (await hintOf(page, field)).locator('.text-err').count(), 0);
  assert.equal(await field.getAttribute('aria-invalid'), 'false');
}

// Where a field tells it, nothing else does.
export async function expectToldOnce(page, text) {
  assert.equal(await page.getByText(text).count(), 1);
  assert.equal(await page.getByRole('alert').count(), 0);
}
