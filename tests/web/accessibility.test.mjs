// axe-core: no violation of WCAG 2.0 to 2.2 A and AA on any page or pop-up, light and dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { MICROPHONE, openPage, startBrowser } from './browser.mjs';
import { callOffice, fillOffice } from './sample-office.mjs';
import { startServer } from './server.mjs';
import { atRest, EDITOR_VIEWS, OTHER_VIEWS } from './views.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

let server;
let browser;

before(async () => {
  server = await startServer();
  assert.ok(server.sip, 'these tests need STROWGER, a real server');
  browser = await startBrowser(MICROPHONE);
  const page = await openPage(browser, server);
  await fillOffice(page, server);
  await callOffice(server);
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function violations(page) {
  await atRest(page);
  const found = await page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), RULES);
  return found.violations.map((one) => {
    const where = one.nodes.map((node) => node.target.join(' ')).slice(0, 3);
    return `${one.id}: ${where.join(' | ')}`;
  });
}

function checked(name, go, options) {
  test(name, async () => {
    const page = await openPage(browser, server, { ...options, bypassCSP: true });
    await page.addInitScript(axe);
    await go(page, server);
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  });
}

for (const colorScheme of ['light', 'dark']) {
  for (const [name, go] of Object.entries({ ...EDITOR_VIEWS, ...OTHER_VIEWS })) {
    checked(`${name}, ${colorScheme}`, go, { colorScheme });
  }
}

// On a phone the callflow is a tree to tap.
const tapped = (path, row) => async (page) => {
  await page.goto(path);
  await page.getByRole('treeitem', { name: row }).tap();
  await page.getByRole('dialog').waitFor();
};
const { media, calls, users, numbers } = OTHER_VIEWS;
const onPhone = {
  tree: async (page) => {
    await page.goto('/callflows/main-line');
    await page.getByRole('tree').waitFor();
  },
  'main block': tapped('/callflows/sales', /Sales/),
  response: tapped('/callflows/sales', /486/),
  media,
  calls,
  users,
  numbers,
};
for (const [name, go] of Object.entries(onPhone)) checked(`${name}, phone`, go, PHONE);
