// What stands in no file of words: values of documents, notes and refusals of the server, and what
// a library says by itself. In German.
import assert from 'node:assert/strict';
import { publish } from './browser.mjs';
import { panel, press, send } from './hands.mjs';
import { startStories } from './stories.mjs';

const story = startStories({ wire: true });
const GERMAN = { locale: 'de-DE' };
const block = (module, data, next) => ({ module, data, children: next ? { _: next } : {} });

story('the diagram speaks German, in its badges and to screen readers, too', async (given) => {
  const { page, server, open } = given;
  const response = block('response', { code: 486 });
  const flow = block('do_not_disturb', { action: 'activate' }, block('answer', {}, response));
  const id = await publish(page, server, { name: 'Werte', numbers: ['5901'], flow });
  const german = await open(GERMAN);
  await german.goto(`/callflows/${id}`);
  await german.getByText('Einschalten', { exact: true }).waitFor();
  const badge = german.locator('.flow-block .badge[title]');
  assert.match(await badge.getAttribute('title'), /nimmt den Anruf an/);
  for (const words of await german.locator('[id^="react-flow__"][id*="-desc"]').all()) {
    assert.equal(await words.textContent(), '');
  }
  await german.context().close();
});

story('the audit log says in German what the server noted', async ({ page, server, open }) => {
  const flow = block('response', { code: 480 });
  await publish(page, server, { name: 'Notiert', numbers: ['5902'], flow });
  const german = await open(GERMAN);
  await german.goto('/audit');
  const row = german.getByRole('row', { name: /Notiert/ }).first();
  await row.getByText('Version 1', { exact: true }).waitFor();
  await german.context().close();
});

story('a refusal is said in German', async ({ page, server, open }) => {
  const free = { name: 'Frei', cycle: 'daily' };
  const rule = await send(page, server, 'POST', '/temporal_rules', free);
  const set = { name: 'Ferien', temporal_rules: [rule.id] };
  await send(page, server, 'POST', '/temporal_rule_sets', set);
  const german = await open(GERMAN);
  await german.goto(`/time-of-day/rules/${rule.id}`);
  await press(german, panel(german, 'Frei').getByRole('button', { name: 'Löschen' }));
  await german.getByRole('alertdialog').getByRole('button', { name: 'Löschen' }).click();
  await german.getByText(/Regelgruppen verweisen darauf. Nimm es erst dort heraus/).waitFor();
  await german.goto('/ring-groups/none');
  await german.getByText('Rufgruppe „none“ gibt es nicht.').waitFor();
  await german.context().close();
});

story('a file that is no callflow is refused in German, and once', async (given) => {
  const { page, server, open } = given;
  const flow = block('response', { code: 480 });
  const id = await publish(page, server, { name: 'Schon da', numbers: ['5903'], flow });
  const german = await open(GERMAN);
  await german.goto(`/callflows/${id}`);
  await german.locator('.flow-block:not(.block-main)').waitFor();
  const buffer = Buffer.from('nothing of this kind');
  const file = { name: 'wrong.json', mimeType: 'application/json', buffer };
  await german.locator('[data-import]').first().setInputFiles(file);
  const told = german.getByRole('dialog').getByText(/Das ist kein JSON: .*Zeile 1, Spalte 1/);
  await told.waitFor();
  assert.equal(await told.count(), 1);
  await german.context().close();
});
