// The Media section, sentence by sentence, on a real server: what is heard is heard by a caller.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import {
  addUser,
  closePage,
  dragAction,
  drawNew,
  fillResponse,
  MICROPHONE,
  publish,
  saveChanges,
} from './browser.mjs';
import { callNumber } from './server.mjs';
import { loudness, samplesOf, shareOf, tone } from './sound.mjs';
import { startStories } from './stories.mjs';

const MEDIA = '/api/v1/accounts/default/media';
const MICROPHONE_HERTZ = 620;

const folder = mkdtempSync(join(tmpdir(), 'strowger-media-'));
const microphone = join(folder, 'microphone.wav');
writeFileSync(microphone, tone(20, MICROPHONE_HERTZ));
after(() => rm(folder, { recursive: true, force: true }));

let server;
let page;
let nextNumber = 7000;

const spoken = `--use-file-for-fake-audio-capture=${microphone}`;
const tell = startStories({ wire: true, args: [...MICROPHONE, spoken] });
function story(name, run) {
  tell(name, (given) => {
    ({ page, server } = given);
    return run(given);
  });
}

const list = () => page.getByRole('table', { name: 'Media' });
const entry = (name) => list().getByRole('button', { name, exact: true });
const button = (name) => page.getByRole('button', { name, exact: true });
const panel = (name) => page.getByRole('complementary', { name, exact: true });

async function addMedia(name, bytes = tone(1)) {
  const headers = { Origin: server.url, 'Content-Type': 'audio/wav' };
  const to = `${MEDIA}?name=${encodeURIComponent(name)}`;
  const answer = await page.request.post(to, { data: bytes, headers });
  assert.equal(answer.status(), 201, await answer.text());
  return (await answer.json()).id;
}

async function idOf(name) {
  const answer = await page.request.get(`${MEDIA}?search=${encodeURIComponent(name)}`);
  const found = (await answer.json()).items.filter((one) => one.name === name);
  assert.equal(found.length, 1, `${found.length} media are called ${name}`);
  return found[0].id;
}

// A live callflow of one Response that plays the media. → { id, number }
async function playedBy(media, name = `Plays ${media}`) {
  nextNumber += 1;
  const number = String(nextNumber);
  const flow = { module: 'response', data: { code: 480, media }, children: {} };
  return {
    id: await publish(page, server, { name, numbers: [number], flow }),
    number,
  };
}

async function heardAt(number) {
  const file = join(folder, `${number}.wav`);
  const seen = await callNumber(server, number, ['--expect-code', '480', '--record', file]);
  assert.ok(!seen.startsWith('failed'), seen);
  return samplesOf(file);
}

async function dropFile(name, bytes) {
  const data = await page.evaluateHandle(
    ([name, base64]) => {
      const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name, { type: 'audio/wav' }));
      return transfer;
    },
    [name, bytes.toString('base64')],
  );
  await list().dispatchEvent('dragover', { dataTransfer: data });
  await list().dispatchEvent('drop', { dataTransfer: data });
}

async function slowDown(bytesPerSecond) {
  const session = await page.context().newCDPSession(page);
  const speed = {
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  };
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    ...speed,
  });
}

story('a file is dropped, its progress is seen, a caller hears it', async () => {
  await page.goto('/media');
  await list().waitFor();
  await slowDown(400_000);
  await dropFile('Dropped.wav', tone(60));
  const progress = page.getByRole('progressbar');
  await page.waitForFunction(() => {
    const bar = document.querySelector('progress');
    return bar !== null && bar.value > 0 && bar.value < bar.max;
  });
  await entry('Dropped').waitFor();
  assert.equal(await progress.count(), 0);
  await panel('Dropped').waitFor();
  await dropFile('Short.wav', tone(2, 440));
  await panel('Short').waitFor();
  const { number } = await playedBy(await idOf('Short'));
  assert.ok(shareOf(await heardAt(number), 440) > 0.9);
});

story('an upload can be cancelled', async () => {
  await page.goto('/media');
  await slowDown(100_000);
  await dropFile('Given up.wav', tone(60));
  await page.getByRole('button', { name: 'Cancel the upload' }).click();
  await page.getByRole('progressbar').waitFor({ state: 'detached' });
  await page.reload();
  await entry('Dropped').waitFor();
  assert.equal(await entry('Given up').count(), 0);
});

story('what can’t be played is refused with the reason', async () => {
  await page.goto('/media');
  await dropFile('letter.wav', Buffer.from('Dear Sir or Madam'));
  await page.getByRole('alert').filter({ hasText: 'no sound file we know' }).waitFor();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  assert.equal(await page.getByRole('alert').count(), 0);
  await dropFile('long.wav', Buffer.alloc(12_000_000));
  await page.getByRole('alert').filter({ hasText: '12.0 MB is too large' }).waitFor();
  assert.equal(await entry('letter').count(), 0);
});

story('the waveform is drawn and plays', async () => {
  await addMedia('Waves', tone(50));
  await page.goto('/media');
  await entry('Waves').click();
  const shown = panel('Waves');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('aside div')]
      .map((one) => one.shadowRoot?.querySelector('canvas'))
      .some((canvas) => canvas && canvas.width > 100),
  );
  await shown.getByText('0:00').waitFor();
  await shown.getByRole('button', { name: 'Play', exact: true }).click();
  await shown.getByText(/^0:(0[1-9]|[1-4]\d)$/).waitFor();
  await shown.getByRole('button', { name: 'Stop' }).click();
  await list().getByRole('button', { name: 'Play Waves' }).click();
  await list().getByRole('button', { name: 'Stop' }).click();
});

story('a media is renamed in place', async () => {
  const id = await addMedia('Old name');
  await page.goto('/media');
  await entry('Old name').click();
  const field = panel('Old name').getByLabel('Name');
  await field.fill('New name');
  await field.press('Enter');
  await panel('New name').waitFor();
  assert.equal(await idOf('New name'), id);
  await page.getByLabel('Search media').fill('new na');
  await list().getByRole('row').nth(2).waitFor({ state: 'detached' });
  assert.equal(await entry('New name').count(), 1);
});

story('replaced: the same media, another sound on the wire', async () => {
  const id = await addMedia('Greeting', tone(1, 440));
  const { number } = await playedBy(id);
  assert.ok(shareOf(await heardAt(number), 440) > 0.9);
  await page.goto('/media');
  await entry('Greeting').click();
  const file = {
    name: 'other.wav',
    mimeType: 'audio/wav',
    buffer: tone(2, 880),
  };
  await page.getByLabel('New audio file').setInputFiles(file);
  await page.getByText('Greeting has a new sound').waitFor();
  await panel('Greeting').getByText('/ 0:02').waitFor();
  assert.equal(await idOf('Greeting'), id);
  const heard = await heardAt(number);
  assert.ok(shareOf(heard, 880) > 0.9 && shareOf(heard, 440) < 0.1);
});

story('“used in” leads to the block', async () => {
  const id = await addMedia('Used');
  const flow = await playedBy(id, 'Uses it');
  await page.goto('/media');
  await entry('Used').click();
  await panel('Used').getByText('1 block', { exact: true }).waitFor();
  await panel('Used')
    .getByRole('link', { name: /Uses it/ })
    .click();
  await page.waitForURL(new RegExp(`/callflows/${flow.id}`));
  await page.locator('.flow-block:has-text("480") .block-face:focus').waitFor();
});

story(
  'deleting one that blocks play: refused with the list, or another takes its place',
  async () => {
    const old = await addMedia('Worn out', tone(1, 440));
    const other = await addMedia('Fresh', tone(1, 880));
    const { number } = await playedBy(old, 'Needs a sound');
    await page.goto('/media');
    await entry('Worn out').click();
    await panel('Worn out').getByText('1 block', { exact: true }).waitFor();
    await panel('Worn out').getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete Worn out?' });
    await dialog.getByRole('link', { name: /Needs a sound/ }).waitFor();
    const both = dialog.getByRole('button', { name: 'Replace and delete' });
    assert.equal(await both.isDisabled(), true);
    await dialog.getByLabel('Played instead').selectOption({ label: 'Fresh' });
    await both.click();
    await page.getByText('Worn out is deleted').waitFor();
    await entry('Worn out').waitFor({ state: 'detached' });
    assert.ok(shareOf(await heardAt(number), 880) > 0.9);
    assert.equal((await page.request.get(`${MEDIA}/${old}`)).status(), 404);
    const uses = await (await page.request.get(`${MEDIA}/${other}/used-by`)).json();
    assert.deepEqual(
      uses.items.map((use) => use.name),
      ['Needs a sound'],
    );
  },
);

story('deleting one that somebody begins to use meanwhile shows where', async () => {
  const id = await addMedia('Contended');
  await page.goto('/media');
  await entry('Contended').click();
  await panel('Contended').getByText('no callflow').waitFor();
  await panel('Contended').getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Contended?' });
  const button = dialog.getByRole('button', { name: 'Delete', exact: true });
  await button.waitFor();
  await playedBy(id, 'Quick colleague');
  await button.click();
  await dialog.getByRole('link', { name: /Quick colleague/ }).waitFor();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  assert.equal(await idOf('Contended'), id);
});

story('one that nobody plays is deleted after asking', async () => {
  await addMedia('Unwanted');
  await page.goto('/media');
  await entry('Unwanted').click();
  await panel('Unwanted').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await entry('Unwanted').waitFor({ state: 'detached' });
  assert.equal(await panel('Unwanted').count(), 0);
});

story('recorded from the microphone, heard by a caller', async () => {
  await page.goto('/media');
  await page.getByRole('button', { name: 'Record' }).click();
  const dialog = page.getByRole('dialog', { name: 'Record' });
  await dialog.getByText(/^0:(0[2-9]|[1-5]\d)/).waitFor();
  await dialog.getByRole('button', { name: 'Stop recording' }).click();
  await dialog.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await dialog.getByLabel('Name').fill('My own voice');
  await dialog.getByRole('button', { name: 'Save recording' }).click();
  await panel('My own voice').waitFor();
  const { number } = await playedBy(await idOf('My own voice'));
  const heard = await heardAt(number);
  assert.ok(heard.length > 8000 * 1.5, `${heard.length} samples`);
  assert.ok(shareOf(heard, MICROPHONE_HERTZ) > 0.8, String(shareOf(heard, MICROPHONE_HERTZ)));
});

story('a Response takes a recording that is made in its pop-up', async () => {
  const number = await drawNew(page, 'Spoken in place');
  await dragAction(page, 'response', '[data-plus="main"]');
  await fillResponse(page, { code: 480 });
  await button('Record').click();
  const dialog = page.getByRole('dialog', { name: 'Record' });
  await dialog.getByText(/^0:(0[1-9]|[1-5]\d)/).waitFor();
  await button('Stop recording').click();
  await dialog.getByLabel('Name').fill('Recorded in place');
  await button('Save recording').click();
  await page.getByRole('button', { name: /^Media: Recorded in place/ }).waitFor();
  await button('Add Response').click();
  await saveChanges(page);
  assert.ok(shareOf(await heardAt(number), MICROPHONE_HERTZ) > 0.8);
});

story('text is spoken by the server, where it can, and heard by a caller', async () => {
  const answer = await page.request.get('/api/v1/speech/voices');
  const { installed } = await answer.json();
  await page.goto('/media');
  await button('Record').waitFor();
  if (!installed) {
    assert.equal(await button('Speak text').count(), 0);
    return;
  }
  await button('Speak text').click();
  const dialog = page.getByRole('dialog', { name: 'Speak text' });
  await dialog.getByLabel('Text').fill('We are closed today.');
  await dialog.getByRole('button', { name: 'Listen' }).click();
  await dialog.getByRole('button', { name: 'Play', exact: true }).waitFor();
  await dialog.getByLabel('Text').fill('We are closed today. Call us tomorrow.');
  await dialog.getByLabel('Name').fill('Spoken');
  await dialog.getByRole('button', { name: 'Save speech' }).click();
  await panel('Spoken').waitFor();
  const { number } = await playedBy(await idOf('Spoken'));
  const heard = await heardAt(number);
  assert.ok(heard.length > 8000 && loudness(heard) > 0.01, `${heard.length} samples`);

  // What was only listened to is gone.
  await button('Speak text').click();
  await dialog.getByLabel('Text').fill('We are only trying.');
  await dialog.getByRole('button', { name: 'Listen' }).click();
  await dialog.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const gone = page.waitForResponse((one) => one.request().method() === 'DELETE');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  assert.equal((await gone).status(), 204);
  const all = await (await page.request.get(`${MEDIA}?search=we+are`)).json();
  assert.deepEqual(all.items, []);
});

story('a long list comes page by page', async () => {
  const sound = tone(1);
  const names = Array.from({ length: 100 }, (_, i) => `One of many ${i}`);
  await Promise.all(names.map((name) => addMedia(name, sound)));
  await page.goto('/media');
  await entry('One of many 7').waitFor();
  const rows = () => list().locator('tbody tr').count();
  assert.equal(await rows(), 100);
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByRole('button', { name: 'Show more' }).waitFor({ state: 'detached' });
  assert.ok((await rows()) > 100);
});

story('a viewer hears, and changes nothing', async ({ open }) => {
  await addMedia('For the eyes');
  const login = await addUser(page, server, 'vera', 'viewer');
  page = await open({ login });
  await page.goto('/media');
  await page.getByText('View only').waitFor();
  await page.getByLabel('Search media').fill('For the eyes');
  await entry('For the eyes').click();
  await panel('For the eyes').getByRole('button', { name: 'Play', exact: true }).waitFor();
  for (const name of ['Upload', 'Record', 'Speak text', 'Replace audio', 'Delete']) {
    assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0, name);
  }
  await dropFile('Smuggled.wav', tone(1));
  await page.getByLabel('Search media').fill('Smuggled');
  await page.getByText('Nothing found').waitFor();
  await closePage(page);
});
