// "Your own flow, in five minutes" of README.md, click by click.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, openPage, startBrowser } from './browser.mjs';
import { callNumber, startServer } from './server.mjs';
import { tone } from './sound.mjs';

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

// The demo account has it; the server of the tests begins empty.
async function addClosed(page) {
  const file = { name: 'Closed.wav', mimeType: 'audio/wav', buffer: tone(1) };
  await page.goto('/media');
  await page.locator('main > header input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Closed', exact: true }).waitFor();
}

test('from an empty callflow to a Response that is heard', async () => {
  const page = await openPage(browser, server);
  await addClosed(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'New callflow' }).first().click();

  await page.getByText('Name this callflow').click();
  await page.getByLabel('Name', { exact: true }).fill('Night');
  await page.getByLabel('Extensions', { exact: true }).fill('3000');
  await page.getByRole('button', { name: 'Add: Extensions' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();

  const first = page.getByText('Add the first action');
  await page.getByRole('complementary').getByText('Response', { exact: true }).dragTo(first);
  await page.getByLabel('SIP Code').fill('closed');
  await page.keyboard.press('Enter');
  await page.getByLabel('Message').fill('We open at nine');
  await page.getByRole('button', { name: /^Media: / }).click();
  await page.getByRole('menuitem', { name: 'Closed' }).click();
  await page.getByRole('button', { name: 'Add Response' }).click();

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Save Changes/ }).click();
  await page.getByText('Version 1 is live').first().waitFor();

  const seen = await callNumber(server, '3000', ['--expect-code', '480']);
  if (seen !== null) {
    assert.match(seen, /final: 480 We open at nine/);
    assert.match(seen, /heard: \d+ ms of sound/);
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.getByText('We open at nine').first().waitFor();
  }
  await closePage(page);
});
