// Pictures of the app for docs/guide, of a real server with an office's data:
//   STROWGER=build/release/strowger node tests/web/screenshots.mjs docs/guide
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPage, startBrowser } from './browser.mjs';
import { callOffice, fillOffice } from './sample-office.mjs';
import { callNumber, startServer } from './server.mjs';

const [folder = 'docs/guide'] = process.argv.slice(2);
const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };
const MAIN_LINE = '/callflows/main-line';

async function changeMessage(page, from, to) {
  await page.locator('.flow-block', { hasText: from }).locator('.block-face').click();
  await page.getByLabel('Message').fill(to);
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

const drawn = (page) => page.locator('.flow-block', { hasText: '486' }).first().waitFor();

const PICTURES = {
  editor: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
  },
  list: async (page) => {
    await page.goto('/callflows/sales');
    await drawn(page);
    await page.getByLabel('Search callflows').fill('+1 415');
    await page.getByText('Berlin office').waitFor({ state: 'detached' });
  },
  response: async (page) => {
    await page.goto('/callflows/sales');
    await page.locator('.flow-block', { hasText: '486' }).locator('.block-face').click();
    await page.locator('[data-preview]').waitFor();
  },
  save: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await changeMessage(page, '486', 'On the phone, call back at three');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('menuitem').first().waitFor();
  },
  simulate: async (page) => {
    await page.goto('/callflows/sales');
    await drawn(page);
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('[data-final]').waitFor();
  },
  history: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await page.getByText('First version').click();
  },
  media: async (page) => {
    await page.goto('/media');
    await page.getByRole('button', { name: 'Closed today', exact: true }).click();
    await page.getByText('2 blocks').last().waitFor();
  },
  calls: async (page, server) => {
    const busy = ['--from', '+14155550107', '--hangup-after', '12'];
    const call = callNumber(server, '1000', busy);
    await page.goto('/calls');
    await page.getByText('1 in progress').waitFor();
    await page
      .getByRole('table', { name: 'Calls' })
      .getByRole('row', { name: /0188/ })
      .getByRole('button')
      .click();
    await page.getByRole('region', { name: 'Path' }).waitFor();
    return call;
  },
  numbers: async (page) => {
    await page.goto('/numbers');
    await page.getByText('Berlin office').first().waitFor();
  },
};

const PHONE_PICTURES = {
  phone: PICTURES.editor,
  'phone-response': PICTURES.response,
  'phone-media': (page) => page.goto('/media'),
};

async function take(browser, server, name, go, options) {
  const page = await openPage(browser, server, { reducedMotion: 'reduce', ...options });
  const after = await go(page, server);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(400); // the picture is looked at when nothing moves
  await page.screenshot({ path: join(folder, `${name}.png`) });
  assert.deepEqual(page.faults, []);
  await page.context().close();
  return after;
}

const server = await startServer();
const browser = await startBrowser();
try {
  assert.ok(server.sip, 'pictures need STROWGER, a real server');
  await mkdir(folder, { recursive: true });
  const page = await openPage(browser, server);
  await fillOffice(page, server);
  await callOffice(server);
  await page.context().close();
  for (const [name, go] of Object.entries(PICTURES)) {
    await take(browser, server, name, go, DESK);
  }
  await take(browser, server, 'dark', PICTURES.editor, { ...DESK, colorScheme: 'dark' });
  for (const [name, go] of Object.entries(PHONE_PICTURES)) {
    await take(browser, server, name, go, PHONE);
  }
} finally {
  await browser.close();
  await server.stop();
}
