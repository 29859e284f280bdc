// Two people at once, and a server that is away for a moment.
import assert from 'node:assert/strict';
import { panel, press, send } from './hands.mjs';
import { startStories } from './stories.mjs';

const story = startStories({ wire: true });
const LISTS = [
  { at: '/ring-groups/', api: '/ring_groups', more: { endpoints: [] } },
  { at: '/time-of-day/rules/', api: '/temporal_rules', more: { cycle: 'daily' } },
  { at: '/trunks/', api: '/trunks', more: { addresses: [{ host: '127.0.0.9' }] } },
];
const field = (page, name) => panel(page, name).getByLabel('Name', { exact: true });
const button = (page, name) => page.getByRole('button', { name, exact: true });

for (const { at, api, more } of LISTS) {
  story(`${at}: what another has saved is told before it is overwritten`, async (given) => {
    const { page, server, open } = given;
    const { id } = await send(page, server, 'POST', api, { name: 'Shared', ...more });
    const theirs = await open();
    for (const one of [page, theirs]) {
      await one.goto(at + id);
      await field(one, 'Shared').fill(one === page ? 'Mine' : 'Theirs');
    }
    await press(theirs, button(theirs, 'Save'));
    await theirs.getByText('Theirs is saved').waitFor();
    await page.getByText(/Somebody else has changed this meanwhile/).waitFor();
    assert.equal(await field(page, 'Theirs').inputValue(), 'Mine');
    await press(page, button(page, 'Undo'));
    assert.equal(await field(page, 'Theirs').inputValue(), 'Theirs');
    assert.equal(await page.getByText(/Somebody else/).count(), 0);
    await send(theirs, server, 'DELETE', `${api}/${id}?force=true`);
    await page.getByText(/^There is no .* “.*”\.$/).waitFor();
    await theirs.context().close();
  });
}
