// Texts of strangers on every page: SIP headers, names, notes. They are shown as they are written,
// and nothing of them runs.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { publish } from './browser.mjs';
import { tone } from './sound.mjs';
import { startStories } from './stories.mjs';

const story = startStories({ wire: true });

const API = '/api/v1/accounts/default';
const HTML = '<img src=x onerror=alert(1)>';
const NAME = `${HTML}"><script>alert(2)</script>{{7*7}}\${7*7}`;
const ANSWER_MS = 10_000;

// An INVITE whose every free text is hostile. → the final response's first line
function hostileCall(server, number, tag) {
  const [host, port] = server.sip.split(':');
  const socket = createSocket('udp4');
  const head = (method, to) =>
    [
      `${method} sip:${number}@${server.sip} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};rport;branch=z9hG4bK-${tag}`,
      'Max-Forwards: 70',
      `From: "<script>alert(3)</script>" <sip:%3Cimg%20src%3Dx%3E!'*()@x>;tag=${tag}`,
      `To: ${to}`,
      `Call-ID: <img/src=x/onerror=alert(4)>${tag}`,
      `CSeq: 1 ${method}`,
      `User-Agent: <svg onload=alert(5)>`,
      `Subject: ${HTML}`,
      `Contact: <sip:probe@127.0.0.1:${socket.address().port}>`,
      'Content-Length: 0\r\n\r\n',
    ].join('\r\n');
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('no final response')), ANSWER_MS);
    socket.on('message', (bytes) => {
      const [first, ...lines] = String(bytes).split('\r\n');
      if (/^SIP\/2\.0 1/.test(first)) return;
      const to = lines.find((line) => /^To:/i.test(line)).slice(3);
      clearTimeout(timer);
      socket.send(head('ACK', to.trim()), port, host, () => socket.close(() => resolve(first)));
    });
    socket.bind(0, '127.0.0.1', () =>
      socket.send(head('INVITE', `<sip:${number}@${server.sip}>`), port, host),
    );
  });
}

function watch(page) {
  page.on('dialog', (dialog) => {
    page.faults.push(`it ran: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

async function expectOnlyText(page, ...texts) {
  for (const text of texts) await page.getByText(text).filter({ visible: true }).first().waitFor();
  const made = page.locator('img[src="x"], svg[onload], [onerror], script:not([src]):not([nonce])');
  assert.equal(await made.count(), 0, `elements out of texts on ${page.url()}`);
}

story('headers of a call are text on the Calls page', async ({ page, server }) => {
  watch(page);
  const flow = { module: 'response', data: { code: 480, message: 'Shut' } };
  await publish(page, server, { name: NAME, numbers: ['6660'], flow });
  assert.equal(await hostileCall(server, '6660', 'xss1'), 'SIP/2.0 480 Shut');
  assert.match(await hostileCall(server, '6661', 'xss2'), /^SIP\/2\.0 404 /);
  await page.goto('/calls');
  await expectOnlyText(page, HTML, "<img src=x>!'*()", 'Not Found');
  const rows = page.getByRole('table', { name: 'Calls' }).getByRole('row');
  await rows.filter({ hasText: '480' }).getByRole('button').first().click();
  await expectOnlyText(page, 'onerror=alert(4)');
});

story('names and notes are text on every page', async ({ page, server }) => {
  watch(page);
  const flow = { module: 'response', data: { code: 486, note: NAME } };
  const document = { name: `${NAME} 2`, numbers: ['6662'], flow, note: NAME };
  const id = await publish(page, server, document);
  const headers = { Origin: server.url, 'Content-Type': 'audio/wav' };
  const to = `${API}/media?name=${encodeURIComponent(NAME)}`;
  assert.equal((await page.request.post(to, { data: tone(1), headers })).status(), 201);
  const user = {
    data: { name: NAME, roles: {} },
    headers: { Origin: server.url, 'If-None-Match': '*' },
  };
  assert.equal((await page.request.put('/api/v1/users/stranger', user)).status(), 201);
  for (const address of [
    '/callflows',
    `/callflows/${id}`,
    '/media',
    '/numbers',
    '/users',
    `/calls?search=${encodeURIComponent(HTML)}`,
    `/${encodeURIComponent(HTML)}`,
    `/callflows/${encodeURIComponent(HTML)}`,
  ]) {
    await page.goto(address);
    await page.locator('nav').first().waitFor();
    const shown = /^\/(callflows|media|numbers|users)/.test(address) && !address.includes('%');
    await expectOnlyText(page, ...(shown ? [HTML] : []));
  }
});
