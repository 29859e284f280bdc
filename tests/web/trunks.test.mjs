// Carriers: a trunk is made, shown with its state, named by a block; a seat gets its classes.
import assert from 'node:assert/strict';
import { expectRight, expectToldOnce, expectWrong } from './refusals.mjs';
import { startStories } from './stories.mjs';

const HOSTILE = '<img src=x onerror=alert(1)> "\'&';
const story = startStories({ wire: true });

async function addTrunk(page, name) {
  await page.goto('/trunks');
  await page.getByRole('button', { name: 'New trunk' }).click();
  const dialog = page.getByRole('dialog', { name: 'New trunk' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('Host 1').fill('127.0.0.9');
  await dialog.getByLabel('Port 1', { exact: true }).fill('5099');
  await dialog.getByLabel('And from these').fill('192.0.2.0/24 198.51.100.7');
  await dialog.getByLabel('Username at the carrier').fill('acct7');
  await dialog.getByLabel('Password at the carrier').fill('carriers-secret');
  await dialog.getByRole('button', { name: 'Add trunk' }).click();
  const panel = page.getByRole('complementary', { name, exact: true });
  await panel.waitFor();
  return panel;
}

story('a trunk is made, its password is kept and never shown', async ({ page }) => {
  const panel = await addTrunk(page, 'Carrier One');
  await panel.getByText('Ready').waitFor();
  await panel.getByText('Reached at udp:127.0.0.9:5099').waitFor();
  await panel.getByText('There is one. Type to replace it.').waitFor();
  await page.getByRole('row', { name: /Carrier One.*127\.0\.0\.9:5099.*Ready/ }).waitFor();
  await page.reload();
  assert.equal(await page.getByText('carriers-secret').count(), 0);
  await page.getByRole('button', { name: /^Carrier One/ }).click();
  assert.equal(await panel.getByLabel('And from these').inputValue(), '192.0.2.0/24 198.51.100.7');
  await panel.getByLabel('Calls at once').fill('30');
  await panel.getByLabel('Enabled').uncheck();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Carrier One is saved').waitFor();
  await page.getByRole('row', { name: /Carrier One.*Switched off.*0 \/ 30/ }).waitFor();
});

story('a trunk by TLS: what is trusted is chosen, what goes wrong is told', async ({ page }) => {
  const panel = await addTrunk(page, 'Carrier Secret');
  const verify = panel.getByLabel('Its certificate has to be good for the host');
  assert.equal(await verify.count(), 0);
  await panel.getByLabel('Transport 1').selectOption('tls');
  assert.equal(await verify.isChecked(), true);
  await panel.getByLabel('A certificate for *.example.net will do').check();
  await panel.getByLabel('Calls to it only with encrypted media (SRTP)').check();
  await panel.getByLabel('Register there').check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Carrier Secret is saved').waitFor();
  // Nobody listens there.
  await panel.getByText('TLS fails').waitFor();
  await panel.getByText(/TLS to 127\.0\.0\.9 \(.*\) failed: no connection/).waitFor();
  await page.reload();
  await page.getByRole('button', { name: /^Carrier Secret/ }).click();
  assert.equal(await panel.getByLabel('Transport 1').inputValue(), 'tls');
  assert.equal(await panel.getByLabel(/SRTP/).isChecked(), true);
  await verify.uncheck();
  await panel.getByText('Whoever answers at this address is taken for the carrier').waitFor();
});

story('what the server refuses of a new trunk is told at its field', async ({ page }) => {
  await page.goto('/trunks');
  await page.getByRole('button', { name: 'New trunk' }).click();
  const dialog = page.getByRole('dialog', { name: 'New trunk' });
  await dialog.getByLabel('Name', { exact: true }).fill(HOSTILE);
  // A line that is left empty is not sent: what is wrong with the second is told there.
  await dialog.getByRole('button', { name: 'Add an address' }).click();
  await dialog.getByLabel('Host 2').fill('no host');
  await dialog.getByLabel('And from these').fill('192.0.2.0/24, nowhere');
  await dialog.getByRole('button', { name: 'Add trunk' }).click();
  await expectWrong(page, dialog.getByLabel('Host 2'), /a name like sip\.example\.net/);
  await expectWrong(page, dialog.getByLabel('And from these'), /an IP address, or a network/);
  await expectRight(page, dialog.getByLabel('Host 1'));
  await expectToldOnce(page, /a name like sip\.example\.net/);
  await dialog.getByRole('button', { name: 'Remove address 1' }).click();
  await expectWrong(page, dialog.getByLabel('Host 1'), /a name like sip\.example\.net/);
  await dialog.getByLabel('Host 1').fill('sip.example.net');
  await dialog.getByLabel('And from these').fill('192.0.2.0/24');
  await dialog.getByRole('button', { name: 'Add trunk' }).click();
  await page.getByRole('complementary', { name: HOSTILE, exact: true }).waitFor();
});

story('what the server refuses of a trunk is told at its field', async ({ page }) => {
  const panel = await addTrunk(page, 'Carrier Wrong');
  await panel.getByLabel('Port 1', { exact: true }).fill('70000');
  await panel.getByLabel('Calls at once').fill('0');
  await panel.getByLabel('And from these').fill('nowhere');
  await panel.getByLabel('Username at the carrier').fill('');
  await panel.getByLabel('Register there').check();
  await panel.getByLabel('Put in front').fill('x');
  await panel.getByLabel('Always this number').check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel('Port 1', { exact: true }), /1 to 65535/);
  assert.equal(await panel.getByLabel('Host 1').getAttribute('aria-invalid'), 'false');
  await expectWrong(page, panel.getByLabel('Calls at once'), /1 to 10000/);
  await expectWrong(page, panel.getByLabel('And from these'), /an IP address, or a network/);
  await expectWrong(page, panel.getByLabel('Register there'), /outbound\.username are needed/);
  await expectWrong(page, panel.getByLabel('Put in front'), /at most 16/);
  await expectWrong(page, panel.getByLabel('Number that is shown'), /is not given/);
  await expectToldOnce(page, /1 to 65535/);
  await panel.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await panel.locator('.text-err').count(), 0);
  assert.equal(await panel.getByLabel('And from these').inputValue(), '192.0.2.0/24 198.51.100.7');
  await panel.getByLabel('Calls at once').fill('7');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Carrier Wrong is saved').waitFor();
});

// A tabulator can be pasted, and no password holds one.
story('a password that is refused is told at its field; the rest is saved', async ({ page }) => {
  const panel = await addTrunk(page, 'Carrier Tab');
  await panel.getByLabel('Calls at once').fill('7');
  await panel.getByLabel('Password at the carrier').fill('a\tb');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel('Password at the carrier'), /control character/);
  await page.getByRole('row', { name: /Carrier Tab.*0 \/ 7/ }).waitFor();
  await panel.getByLabel('Password at the carrier').fill('another');
  await panel.getByLabel('Calls at once').fill('8');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Carrier Tab is saved').waitFor();
  await page.getByRole('row', { name: /Carrier Tab.*0 \/ 8/ }).waitFor();
});

story('an address with a port and no host is not dropped in silence', async ({ page }) => {
  const panel = await addTrunk(page, 'Carrier Port');
  await panel.getByRole('button', { name: 'Add an address' }).click();
  await panel.getByLabel('Port 2', { exact: true }).fill('5070');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel('Host 2'), /needs a host/);
  await panel.getByLabel('Host 2').fill('sip2.example.net');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Carrier Port is saved').waitFor();
});

story('a new trunk whose password is refused is made once, and it is said', async ({ page }) => {
  await page.goto('/trunks');
  await page.getByRole('button', { name: 'New trunk' }).click();
  const dialog = page.getByRole('dialog', { name: 'New trunk' });
  await dialog.getByLabel('Name', { exact: true }).fill('Carrier Once');
  await dialog.getByLabel('Password at the carrier').fill('a\tb');
  await dialog.getByRole('button', { name: 'Add trunk' }).click();
  await page.getByRole('alert').getByText(/control character/).waitFor();
  const panel = page.getByRole('complementary', { name: 'Carrier Once' });
  await panel.getByText('None yet.').waitFor();
  assert.equal(await page.getByRole('row', { name: /Carrier Once/ }).count(), 1);
});

story('a block calls by a trunk, and a seat may call by class', async ({ page }) => {
  await addTrunk(page, 'Carrier Two');
  await page.goto('/callflows/new');
  await page.locator('[data-plus="main"]').click();
  const actions = page.getByRole('dialog');
  await actions.getByPlaceholder('Search actions').fill('carrier');
  await actions.getByRole('option', { name: /Account Carrier/ }).click();
  const pop = page.getByRole('dialog', { name: /Account Carrier/ });
  await pop.getByLabel('Number', { exact: true }).fill('+493012345');
  await pop.getByLabel('Trunks').selectOption({ label: 'Carrier Two' });
  await pop.getByRole('button', { name: 'Remove Carrier Two' }).waitFor();
  await pop.getByRole('button', { name: 'Add Account Carrier' }).click();
  await page.locator('.block-value', { hasText: '+493012345' }).waitFor();

  await page.goto('/seats');
  await page.getByRole('button', { name: 'New seat' }).click();
  const dialog = page.getByRole('dialog', { name: 'New seat' });
  await dialog.getByLabel('First name').fill('Dora');
  await dialog.getByRole('button', { name: 'Find free' }).click();
  const field = dialog.getByLabel('Extension');
  await page.waitForFunction((element) => element.value !== '', await field.elementHandle());
  await dialog.getByRole('button', { name: 'Add seat' }).click();
  const shown = page.getByRole('dialog', { name: 'Dora is ready' });
  await shown.getByRole('button', { name: 'Done' }).click();
  const panel = page.getByRole('complementary', { name: 'Dora', exact: true });
  const outside = panel.getByRole('group', { name: 'May call outside' });
  assert.equal(await outside.getByRole('checkbox', { checked: true }).count(), 0);
  await outside.getByLabel('national', { exact: true }).check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Dora is saved').waitFor();
  const seats = await (await page.request.get('/api/v1/accounts/default/seats')).json();
  const { id } = seats.items.find((seat) => seat.name === 'Dora');
  const seat = await (await page.request.get(`/api/v1/accounts/default/seats/${id}`)).json();
  assert.deepEqual(seat.document.outbound, ['national']);
});

story('a trunk that logs in here: its password is shown once, and renewed', async ({ page }) => {
  await page.goto('/trunks');
  await page.getByRole('button', { name: 'New trunk' }).click();
  const dialog = page.getByRole('dialog', { name: 'New trunk' });
  await dialog.getByLabel('Name', { exact: true }).fill('Plant 7');
  await dialog.getByLabel('It logs in here as').fill('site7');
  assert.equal(await dialog.getByLabel('It may call from its addresses').isChecked(), false);
  await dialog.getByRole('button', { name: 'Add trunk' }).click();
  const made = page.getByRole('dialog', { name: 'Plant 7 is ready' });
  const first = await made.locator('dd').nth(1).textContent();
  assert.match(first, /^[A-Za-z0-9]{20}$/);
  await made.getByRole('button', { name: 'Done' }).click();
  const panel = page.getByRole('complementary', { name: 'Plant 7', exact: true });
  await panel.getByText('Not registered').waitFor();
  assert.equal(await page.getByText(first).count(), 0);
  await panel.getByRole('button', { name: 'New password of its login here' }).click();
  await page.getByRole('button', { name: 'New password', exact: true }).click();
  const second = await panel.locator('dd').nth(1).textContent();
  assert.match(second, /^[A-Za-z0-9]{20}$/);
  assert.notEqual(second, first);
});
