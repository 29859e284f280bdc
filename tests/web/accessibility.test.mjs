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
const DESK = {};
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

let server;
let browser;
const pages = new Map(); // one for the desk, one for the phone

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

// Every view begins with a load of its address, and nothing of the view before is left then. The
// page itself stays: a new one would fetch and compile the app and axe again.
async function pageFor(device) {
  if (!pages.has(device)) {
    const page = await openPage(browser, server, { ...device, bypassCSP: true });
    await page.addInitScript(axe);
    await page.addInitScript(() => {
      if (location.protocol === 'http:') localStorage.clear();
    });
    pages.set(device, { page, cookies: await page.context().cookies() });
  }
  const { page, cookies } = pages.get(device);
  await page.context().addCookies(cookies);
  await page.emulateMedia({ colorScheme: 'light' });
  return page;
}

async function violations(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await atRest(page);
  const options = { runOnly: RULES, resultTypes: ['violations'] };
  const found = await page.evaluate((one) => globalThis.axe.run(one), options);
  return found.violations.map((one) => {
    const where = one.nodes.map((node) => node.target.join(' ')).slice(0, 3);
    return `${colorScheme}: ${one.id}: ${where.join(' | ')}`;
  });
}

function checked(name, go, device, schemes) {
  test(name, async () => {
    const page = await pageFor(device);
    await go(page, server);
    const found = [];
    for (const scheme of schemes) found.push(...(await violations(page, scheme)));
    assert.deepEqual(found, []);
  });
}

for (const [name, go] of Object.entries({ ...EDITOR_VIEWS, ...OTHER_VIEWS })) {
  checked(name, go, DESK, ['light', 'dark']);
}

// On a phone the callflow is a tree to tap.
const tapped = (path, row) => async (page) => {
  await page.goto(path);
  await page.getByRole('treeitem', { name: row }).tap();
  await page.getByRole('dialog').waitFor();
};
const { media, calls, users, numbers, phones } = OTHER_VIEWS;
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
  phones,
};
for (const [name, go] of Object.entries(onPhone)) {
  checked(`${name}, phone`, go, PHONE, ['light']);
}
