// Pictures of the app for docs/guide, of a real server with an office's data:
//   STROWGER=build/release/strowger node tests/web/screenshots.mjs docs/guide
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPage, startBrowser } from './browser.mjs';
import { callOffice, fillOffice } from './sample-office.mjs';
import { startServer } from './server.mjs';
import { atRest, EDITOR_VIEWS, OTHER_VIEWS } from './views.mjs';

const [folder = 'docs/guide'] = process.argv.slice(2);
const DESK = { viewport: { width: 1280, height: 800 } };
const DARK = { ...DESK, colorScheme: 'dark' };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

const { editor, list, response, save, simulate, history, 'path of a call': path } = EDITOR_VIEWS;
const { media, calls, numbers, users, phones } = OTHER_VIEWS;
const WORK = { editor, list, response, save, simulate, history };
const PICTURES = { ...WORK, media, calls, path, numbers, users, phones };
const outline = async (page) => {
  await page.goto('/callflows/main-line');
  await page.getByRole('tree').waitFor();
};

async function take(browser, server, name, go, options) {
  const page = await openPage(browser, server, options);
  await go(page, server);
  await atRest(page);
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  assert.deepEqual(page.faults, []);
  await page.context().close();
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
  for (const [name, go] of Object.entries(PICTURES)) await take(browser, server, name, go, DESK);
  await take(browser, server, 'dark', editor, DARK);
  await take(browser, server, 'phone', outline, PHONE);
  await take(browser, server, 'phone-media', media, PHONE);
} finally {
  await browser.close();
  await server.stop();
}
