// A callflow as a whole: in and out as a file, on and off line, notes, who may only look, where its
// calls are and where they went.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { addUser, publish, saveBy, savedDocument } from './browser.mjs';
import { callNumber } from './server.mjs';
import { startStories } from './stories.mjs';

const story = startStories({ wire: true });
const end = (code) => ({ module: 'response', data: { code }, children: {} });
const blockWith = (page, text) => page.locator('.flow-block', { hasText: text });

function file(name, document) {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return { name, mimeType: 'application/json', buffer: Buffer.from(text) };
}

async function importFile(page, chosen) {
  await page.locator('[data-import]').first().setInputFiles(chosen);
  return page.getByRole('dialog', { name: `Import ${chosen.name}` });
}

async function more(page, entry) {
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

story('a file is imported as a draft, with what is wrong with it', async ({ page }) => {
  await page.goto('/callflows');
  const document = { id: 'from-kazoo', name: 'From KAZOO', numbers: ['3000'], flow: end(99) };
  let dialog = await importFile(page, file('kazoo.json', { data: document }));
  await dialog.getByText('It can go live when its errors are mended').waitFor();
  await dialog.getByText(/99 cannot be sent/).waitFor();
  await dialog.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('heading', { name: 'From KAZOO', level: 1 }).waitFor();
  assert.equal((await savedDocument(page)).flow.data.code, 99);

  dialog = await importFile(page, file('again.json', { ...document, flow: end(486) }));
  await dialog.getByText('A callflow with this id is here already.').waitFor();
  await dialog.getByRole('button', { name: 'Import as another one' }).click();
  await dialog.getByText('Open it, look at it, then make it live.').waitFor();
  await dialog.getByRole('button', { name: 'Open' }).click();
  await blockWith(page, 'SIP Code: 486').waitFor();
  assert.notEqual((await savedDocument(page)).id, 'from-kazoo');

  dialog = await importFile(page, file('broken.json', '{"flow": '));
  await dialog.getByText(/Not imported/).waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Open' }).count(), 0);
});

story('a callflow is exported as it is drawn', async ({ page, server }) => {
  const flow = { module: 'sleep', data: { duration: 1 }, children: { _: end(480) }, extra: [1] };
  const id = await publish(page, server, { name: 'Out: we go', numbers: [], flow, x_more: true });
  await page.goto(`/callflows/${id}`);
  const downloading = page.waitForEvent('download');
  await more(page, /^Export/);
  const download = await downloading;
  assert.equal(download.suggestedFilename(), 'Out we go.json');
  const text = await readFile(await download.path(), 'utf8');
  assert.deepEqual(JSON.parse(text), await savedDocument(page));
});

story('off line and on line again; deleted only when nobody needs it', async ({ page, server }) => {
  const id = await publish(page, server, { name: 'Wanted', numbers: ['3100'], flow: end(486) });
  const needs = { module: 'callflow', data: { id }, children: {} };
  const other = await publish(page, server, { name: 'Needs it', numbers: [], flow: needs });
  await page.goto(`/callflows/${id}`);
  await more(page, /^Take off line/);
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take off line' }).click();
  await page.getByText('No version takes calls any more').waitFor();
  assert.match(await callNumber(server, '3100', ['--expect-code', '404']), /404/);
  await more(page, /^Make version 1 live/);
  await page.getByText('Version 1 is live').waitFor();
  assert.match(await callNumber(server, '3100', ['--expect-code', '486']), /486/);

  await more(page, /^Delete/);
  const dialog = page.getByRole('dialog', { name: 'Delete Wanted?' });
  const remove = dialog.getByRole('button', { name: 'Delete callflow' });
  await dialog.getByRole('link', { name: 'Needs it' }).click();
  await page.getByRole('heading', { name: 'Needs it', level: 1 }).waitFor();
  await more(page, /^Delete/);
  await page.getByRole('button', { name: 'Delete callflow' }).click();
  await page.getByText('Needs it deleted').waitFor();
  await page.goto(`/callflows/${id}`);
  await more(page, /^Delete/);
  await remove.click();
  await page.getByText('Wanted deleted').waitFor();
  for (const gone of [id, other]) {
    const answer = await page.request.get(`/api/v1/accounts/default/callflows/${gone}`);
    assert.equal(answer.status(), 404);
  }
});

story('notes on the callflow, a block and a version', async ({ page, server }) => {
  const id = await publish(page, server, { name: 'Noted', numbers: [], flow: end(486) });
  await page.goto(`/callflows/${id}`);
  const dialog = page.getByRole('dialog');
  const write = async (text) => {
    await dialog.getByRole('button', { name: 'Note' }).click();
    await dialog.getByRole('textbox', { name: 'Note' }).fill(text);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  await page.locator('#block-main').click();
  await write('Ours since May');
  await blockWith(page, 'SIP Code: 486').locator('.block-face').click();
  await write('Ask Lena before changing this');
  assert.match(await blockWith(page, 'SIP Code: 486').innerText(), /Ask Lena/);
  assert.match(await page.locator('.block-main').innerText(), /Ours since May/);
  await page.getByRole('button', { name: 'Note for this version' }).click();
  await page.getByRole('textbox', { name: 'Note for this version' }).fill('Only notes');
  await page.getByRole('button', { name: 'Done' }).click();
  await saveBy(page, 'Save Changes');
  await page.getByText('Version 2 is live').waitFor();
  const document = await savedDocument(page);
  assert.equal(document.notes, 'Ours since May');
  assert.equal(document.flow.notes, 'Ask Lena before changing this');
  await page.getByRole('button', { name: 'History' }).click();
  const history = page.getByRole('complementary', { name: 'History' });
  await history.getByRole('button', { name: /Version 2.*Only notes.*admin/ }).waitFor();
  await history.getByRole('button', { name: /Version 1/ }).click();
  await history.getByText('Ask Lena before changing this').waitFor();
  await page.locator('.badge', { hasText: 'Changed' }).waitFor();
});

story('who may only look cannot change anything', async ({ page, server, open }) => {
  const flow = { module: 'sleep', data: { duration: 1 }, children: { _: end(480) } };
  const id = await publish(page, server, { name: 'Look', numbers: ['3200'], flow });
  const login = await addUser(page, server, 'looker', 'viewer');
  const looker = await open({ login });
  await looker.goto(`/callflows/${id}`);
  await looker.getByText('View only').waitFor();
  for (const name of ['Save', 'Undo', 'New callflow', 'Import a callflow', 'Delete']) {
    assert.equal(await looker.getByRole('button', { name, exact: true }).count(), 0, name);
  }
  assert.equal(await looker.locator('[data-action], .plus').count(), 0);
  await blockWith(looker, 'SIP Code: 480').locator('.block-face').click();
  const dialog = looker.getByRole('dialog', { name: 'Response' });
  await dialog.getByText('480').waitFor();
  assert.deepEqual(await dialog.getByRole('textbox').count(), 0);
  await looker.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  for (const key of ['Delete', '+', 'F2', 'm', 'Control+x', 'Control+v', 'Control+d']) {
    await looker.keyboard.press(key);
  }
  assert.equal(await looker.getByRole('dialog').count(), 0);
  assert.equal(await blockWith(looker, /Sleep|480/).count(), 2);
  await looker.getByRole('button', { name: 'Simulate', exact: true }).click();
  await looker.getByRole('button', { name: 'Run' }).click();
  await looker.locator('[data-final]').waitFor();
  await looker.context().close();
});

story('calls light up the blocks that they are on, and leave a path', async ({ page, server }) => {
  const wait = { module: 'sleep', data: { duration: 60 }, children: { _: end(486) } };
  const flow = { module: 'menu', data: { name: 'Desk' }, children: { 1: wait, 2: end(404) } };
  const document = { name: 'Busy place', numbers: ['3300'], flow };
  const id = await publish(page, server, document);
  await page.goto(`/callflows/${id}`);
  await blockWith(page, 'Desk').waitFor();
  const live = (text) => blockWith(page, text).locator('.badge-live');
  const options = ['--from', '+14155550173', '--dtmf', '1@2', '--hangup-after', '5'];
  const call = callNumber(server, '3300', options);
  await live('Desk').getByText('1').waitFor();
  await live('Sleep').getByText('1').waitFor();
  await live('Desk').waitFor({ state: 'detached' });
  await call;
  await live('Sleep').waitFor({ state: 'detached' });

  const answer = await page.request.get(`/api/v1/accounts/default/calls?callflow=${id}`);
  const [ended] = (await answer.json()).items;
  const headers = { Origin: server.url, 'If-Match': '"1"' };
  const data = { ...document, id, flow: end(410) };
  const to = `/api/v1/accounts/default/callflows/${id}?publish=true`;
  assert.equal((await page.request.put(to, { data, headers })).status(), 200);

  await page.goto(`/callflows/${id}?revision=1&call=${ended.id}`);
  await blockWith(page, 'Desk').locator('.step-number', { hasText: '2' }).waitFor();
  await blockWith(page, 'Sleep').locator('.step-number', { hasText: '3' }).waitFor();
  assert.equal(await blockWith(page, 'SIP Code: 404').getAttribute('data-faded'), 'true');
  assert.equal(await page.locator('.plus').count(), 0);
  const path = page.getByRole('complementary', { name: 'Path' });
  assert.match(await path.innerText(), /\+1 415 555 0173 called 3300/);
  await page.getByRole('link', { name: 'Latest version' }).click();
  await blockWith(page, 'SIP Code: 410').waitFor();
});

story('a call through two callflows is seen in each', async ({ page, server, open }) => {
  const inner = { module: 'menu', data: { name: 'Inner' }, children: { 1: end(404) } };
  const within = await publish(page, server, { name: 'Within', numbers: [], flow: inner });
  const flow = { module: 'callflow', data: { id: within }, children: { _: end(486) } };
  const id = await publish(page, server, { name: 'Around', numbers: ['3400'], flow });
  await page.goto(`/callflows/${id}`);
  await blockWith(page, 'SIP Code: 486').waitFor();
  const other = await open();
  await other.goto(`/callflows/${within}`);
  await blockWith(other, 'Inner').waitFor();
  const options = ['--from', '+14155550174', '--hangup-after', '4'];
  const call = callNumber(server, '3400', options);
  await blockWith(other, 'Inner').locator('.badge-live').waitFor();
  await page.locator('[data-live=true]', { hasText: 'Within' }).waitFor();
  await call;
  await other.locator('.badge-live').waitFor({ state: 'detached' });
  await page.locator('.flow-block .badge-live').waitFor({ state: 'detached' });
  const answer = await page.request.get(`/api/v1/accounts/default/calls?callflow=${id}`);
  const [ended] = (await answer.json()).items;
  await page.goto(`/callflows/${id}?revision=1&call=${ended.id}`);
  await blockWith(page, 'Within').locator('.step-number').waitFor();
  const path = page.getByRole('complementary', { name: 'Path' });
  await path.getByRole('link', { name: /Menu/ }).click();
  await blockWith(page, 'Inner').locator('.step-number', { hasText: '3' }).waitFor();
  assert.match(page.url(), new RegExp(`${within}.*call=`));
  await other.context().close();
});
