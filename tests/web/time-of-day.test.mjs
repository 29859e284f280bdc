// Time of Day: rules and sets are made, asked, used by a block, changed and removed.
import assert from 'node:assert/strict';
import { addUser, drawNew } from './browser.mjs';
import { expectRight, expectToldOnce, expectWrong } from './refusals.mjs';
import { startStories } from './stories.mjs';

const story = startStories({ wire: true });

async function addRule(page, name, fill) {
  await page.getByRole('button', { name: 'New rule', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'New rule', exact: true });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await fill?.(dialog);
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  const panel = page.getByRole('complementary', { name });
  await panel.waitFor();
  return panel;
}

story('rules and a set are made, and say when they apply', async ({ page }) => {
  await page.goto('/seats');
  await page.getByRole('link', { name: 'Time of Day' }).click();
  await page.getByText('No rules yet').waitFor();
  await addRule(page, 'Office hours');
  await addRule(page, 'Christmas', async (dialog) => {
    await dialog.getByLabel('Repeats').selectOption({ label: 'Yearly' });
    await dialog.getByLabel('Month', { exact: true }).selectOption({ label: 'December' });
    await dialog.getByLabel('Days of the month').fill('24, 25, 26');
    await dialog.getByLabel('From').fill('00:00');
    await dialog.getByLabel('Until').fill('00:00');
  });
  await page.getByRole('button', { name: 'New rule set' }).click();
  const dialog = page.getByRole('dialog', { name: 'New rule set' });
  await dialog.getByLabel('Name', { exact: true }).fill('Holidays');
  await dialog.getByLabel('Christmas').check();
  await dialog.getByRole('button', { name: 'Add rule set' }).click();
  await page.getByRole('complementary', { name: 'Holidays' }).waitFor();
  const at = page.getByLabel('What applies at');
  await at.fill('2026-12-24T20:00');
  await page.getByRole('row', { name: /Christmas Yearly Yes/ }).waitFor();
  await page.getByRole('row', { name: /Office hours Weekly No/ }).waitFor();
  await page.getByRole('row', { name: /Holidays 1 Yes/ }).waitFor();
  await at.fill('2026-11-30T09:00');
  await page.getByRole('row', { name: /Christmas Yearly No/ }).waitFor();
  await page.getByRole('row', { name: /Office hours Weekly Yes/ }).waitFor();
});

story('a rule is changed, forced, and goes; one that a set has stays', async ({ page }) => {
  await page.goto('/time-of-day');
  await page.getByRole('button', { name: 'Office hours' }).click();
  const panel = page.getByRole('complementary', { name: 'Office hours' });
  assert.equal(await panel.getByLabel('From').inputValue(), '09:00');
  assert.equal(await panel.getByLabel('Friday').isChecked(), true);
  await panel.getByLabel('Applies').selectOption({ label: 'Never: forced off' });
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /Office hours Weekly, forced off No/ }).waitFor();
  await panel.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('row', { name: /Office hours/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Christmas' }).click();
  const used = page.getByRole('complementary', { name: 'Christmas' });
  await used.getByRole('link', { name: 'Holidays' }).waitFor();
  await used.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await page.getByText(/refer to this rule/).waitFor();
});

story('a block in the editor has branches with the names of rules', async ({ page }) => {
  await page.goto('/time-of-day');
  await addRule(page, 'Night shift');
  const rules = await (await page.request.get('/api/v1/accounts/default/temporal_rules')).json();
  const { id } = rules.items.find((one) => one.name === 'Night shift');
  const leaf = (message) => ({ module: 'response', data: { code: 480, message }, children: {} });
  const flow = {
    module: 'temporal_route',
    data: { timezone: 'Europe/Berlin' },
    children: { [id]: leaf('At night'), _: leaf('By day') },
  };
  const made = await page.request.post('/api/v1/accounts/default/callflows', {
    data: { id: 'shifts', name: 'Shifts', numbers: ['7711'], flow },
    headers: { Origin: new URL(page.url()).origin },
  });
  assert.ok(made.ok(), await made.text());
  await page.goto('/callflows/shifts');
  await page.getByText('Time of Day').first().waitFor();
  await page.getByText('Night shift').first().waitFor();
  await page.goto('/time-of-day');
  await page.getByRole('button', { name: 'Night shift' }).click();
  const panel = page.getByRole('complementary', { name: 'Night shift' });
  await panel.getByRole('link', { name: 'Shifts' }).waitFor();
});

story('the catalog has blocks that switch rules', async ({ page }) => {
  await drawNew(page, 'Switch');
  const catalog = page.getByRole('complementary', { name: 'Catalog of Actions' });
  await catalog.getByRole('button', { name: /^Time of Day/ }).click();
  await catalog.getByRole('button', { name: 'Enable Time of Day' }).click();
  const dialog = page.getByRole('dialog', { name: 'Time of Day' });
  assert.equal(await dialog.getByLabel('What the block does').inputValue(), 'enable');
  await dialog.getByLabel('Night shift').check();
  await dialog.getByRole('button', { name: 'Add Time of Day' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#block-main').waitFor();
  await page.getByText('Always: forced on', { exact: true }).first().waitFor();
});

const NO_DAYS = /^A weekly rule needs days of the week. Choose at least one/;

story('what is wrong with a rule is said at its field', async ({ page }) => {
  await page.goto('/time-of-day');
  await page.getByRole('button', { name: 'New rule', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const add = dialog.getByRole('button', { name: 'Add rule' });
  await dialog.getByLabel('Name', { exact: true }).fill('Days off');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
    await dialog.getByLabel(day).uncheck();
  }
  await dialog.getByLabel('Until').fill('09:00');
  await add.click();
  await expectWrong(page, dialog.getByLabel('Until'), /begins and ends at the same time/);
  await dialog.getByRole('group', { name: 'Weekdays' }).getByText(NO_DAYS).waitFor();
  await expectToldOnce(page, NO_DAYS);
  await dialog.getByLabel('Until').fill('17:00');
  await dialog.getByLabel('Repeats').selectOption({ label: 'Monthly' });
  const days = dialog.getByLabel('Days of the month');
  await days.fill('1st, 32');
  await add.click();
  await expectWrong(page, days, /The days of a month are 1 to 31/);
  assert.equal(await days.inputValue(), '1st, 32');
  await days.fill('1, 15');
  await add.click();
  const panel = page.getByRole('complementary', { name: 'Days off' });
  await panel.getByLabel('Days of the month').fill('40');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expectWrong(page, panel.getByLabel('Days of the month'), /The days of a month/);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expectRight(page, panel.getByLabel('Days of the month'));
  assert.equal(await panel.getByLabel('Days of the month').inputValue(), '1, 15');
});

story('a viewer sees rules, and no way to change them', async ({ page, server, open }) => {
  const theirs = await open({ login: await addUser(page, server, 'toni', 'viewer') });
  await theirs.goto('/time-of-day');
  await theirs.getByRole('button', { name: 'Night shift' }).click();
  const panel = theirs.getByRole('complementary', { name: 'Night shift' });
  assert.equal(await panel.getByLabel('Repeats').isDisabled(), true);
  const changes = /^(New|Add|Save|Delete|Undo)\b/;
  assert.equal(await theirs.getByRole('button', { name: changes }).count(), 0);
  await theirs.context().close();
});
