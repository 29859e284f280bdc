// axe-core: no violation of WCAG 2.0 to 2.2 A and AA on any page, light and dark.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { drawNew, dropResponse, openPage, saveChanges, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

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

async function violations(page) {
  await page.waitForTimeout(600); // colours are read while nothing fades
  const found = await page.evaluate((rules) => globalThis.axe.run({ runOnly: rules }), RULES);
  return found.violations.map(
    (one) =>
      `${one.id}: ${one.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(' | ')}`,
  );
}

const PAGES = {
  login: (page) => page.goto('/login'),
  editor: async (page) => {
    await drawNew(page, 'Seen by axe');
    await dropResponse(page, { code: 486, message: 'All lines are busy' });
    await saveChanges(page);
  },
  'save menu': async (page) => {
    await drawNew(page, 'Save menu');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('menuitem').first().waitFor();
  },
  response: async (page) => {
    await drawNew(page, 'Pop-up');
    await page.locator('[data-action=response]').click();
    await page.locator('#response-code').fill('busy');
  },
  main: async (page) => {
    await page.goto('/callflows/new');
    await page.locator('#block-main').click();
    await page.getByRole('dialog').waitFor();
  },
  outline: async (page) => {
    await drawNew(page, 'Outline');
    await page.getByRole('button', { name: 'Outline', exact: true }).click();
    await page.getByRole('tree').waitFor();
  },
  simulate: async (page) => {
    await drawNew(page, 'Simulated');
    await dropResponse(page, { code: 480 });
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('[data-final]').waitFor();
  },
  history: async (page) => {
    await page.goto('/callflows');
    await page.getByRole('button', { name: 'History', exact: true }).click();
  },
  media: (page) => page.goto('/media'),
  numbers: (page) => page.goto('/numbers'),
  calls: (page) => page.goto('/calls'),
};

for (const colorScheme of ['light', 'dark']) {
  for (const [name, go] of Object.entries(PAGES)) {
    test(`${name}, ${colorScheme}`, async () => {
      const page = await openPage(browser, server, { colorScheme, bypassCSP: true });
      await page.addInitScript(axe);
      await go(page);
      assert.deepEqual(await violations(page), []);
      await page.context().close();
    });
  }
}
