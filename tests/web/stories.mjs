// Stories: tests of one file that share a server and a browser, each with a page of its own. One
// that fails leaves a picture in $SHOTS, or /tmp.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, openPage, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

function fileName(story) {
  const name = story.replace(/\W+/g, '-').slice(0, 40);
  return `${process.env.SHOTS ?? '/tmp'}/failed-${name}.png`;
}

// `wire`: only a real server will do. `prepare` fills the server before the first story.
export function startStories({ wire = false, args = [], prepare } = {}) {
  let server;
  let browser;
  before(async () => {
    server = await startServer();
    if (wire) assert.ok(server.sip, 'these tests need STROWGER, a real server');
    browser = await startBrowser(args);
    if (!prepare) return;
    const page = await openPage(browser, server);
    await prepare({ page, server });
    await closePage(page);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  return function story(name, run) {
    test(name, async () => {
      const open = (options) => openPage(browser, server, options);
      const page = await open();
      try {
        await run({ page, server, open });
      } catch (error) {
        await page.screenshot({ path: fileName(name) });
        throw error;
      }
      await closePage(page);
    });
  };
}
