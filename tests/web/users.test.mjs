// Users: what an admin does to them, and what they see of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closePage, openPage, signIn, startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

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

async function addUser(page, user, role) {
  await page.goto('/users');
  await page.getByRole('button', { name: 'New user' }).click();
  const dialog = page.getByRole('dialog', { name: 'New user' });
  await dialog.getByLabel('User name').fill(user);
  await dialog.getByLabel('Default').selectOption({ label: role });
  await dialog.getByRole('button', { name: 'Add user' }).click();
  const shown = page.getByRole('dialog', { name: `${user} can sign in now` });
  const password = await shown.getByLabel(`Password of ${user}`).innerText();
  await shown.getByRole('button', { name: 'Done' }).click();
  return password.trim();
}

// By way of the password that they have to choose first. → their page, on the callflows
async function firstSignIn(user, password, own) {
  const page = await openPage(browser, { ...server, login: null });
  await page.goto('/');
  await signIn(page, user, password);
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  assert.equal(await page.getByRole('navigation').count(), 0);
  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill(own);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  return page;
}

test('a new user signs in with the password shown once, and has to choose another', async () => {
  const page = await openPage(browser, server);
  const password = await addUser(page, 'vera', 'Viewer');
  assert.match(password, /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  const theirs = await firstSignIn('vera', password, 'veras-own-password');
  await theirs.goto('/settings');
  await theirs.getByText('View only').waitFor();
  assert.equal(await theirs.getByLabel('Longest audio').isDisabled(), true);
  assert.equal(await theirs.getByRole('link', { name: 'Users' }).count(), 0);
  await closePage(theirs);
  await closePage(page);
});

test('a user can be added by keyboard alone', async () => {
  const page = await openPage(browser, server);
  await page.goto('/users');
  await page.getByRole('button', { name: 'New user' }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('User name').and(page.locator(':focus')).waitFor();
  await page.keyboard.type('kay');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Kay Holm');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'kay can sign in now' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Kay Holm' }).waitFor();
  await closePage(page);
});

test('a name that is taken is said so, and nothing is overwritten', async () => {
  const page = await openPage(browser, server);
  await page.goto('/users');
  await page.getByRole('button', { name: 'New user' }).click();
  const dialog = page.getByRole('dialog', { name: 'New user' });
  await dialog.getByLabel('User name').fill('admin');
  await dialog.getByRole('button', { name: 'Add user' }).click();
  await dialog.getByText('There is a user of this name.').waitFor();
  await closePage(page);
});

test('another role, disabled, another password, deleted', async () => {
  const page = await openPage(browser, server);
  const password = await addUser(page, 'tomas', 'Viewer');
  const theirs = await firstSignIn('tomas', password, 'tomas-own-password');
  await page.reload(); // their own password was a change, too
  await page.getByRole('button', { name: /^tomas/ }).click();
  const panel = page.getByRole('complementary', { name: 'tomas' });
  await panel.getByLabel('Default').selectOption({ label: 'Editor' });
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('tomas is saved').waitFor();
  await page.getByRole('row', { name: /tomas.*Editor/ }).waitFor();

  await panel.getByLabel('Disabled').check();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /tomas.*Disabled/ }).waitFor();
  await theirs.getByRole('link', { name: 'Media' }).click();
  await theirs.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  await closePage(theirs);

  await panel.getByLabel('Disabled').uncheck();
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('row', { name: /tomas.*Active/ }).waitFor();
  await panel.getByRole('button', { name: 'Set password' }).click();
  const dialog = page.getByRole('dialog', { name: 'New password for tomas' });
  await dialog.getByLabel('Type one').check();
  await dialog.getByLabel('New password').fill('typed-by-the-admin');
  await dialog.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('tomas has a new password').waitFor();
  const again = await firstSignIn('tomas', 'typed-by-the-admin', 'tomas-own-password');
  await closePage(again);

  await panel.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('button', { name: 'Keep it' }).click();
  await panel.getByRole('button', { name: 'Delete' }).click();
  await question.getByRole('button', { name: 'Delete' }).click();
  await panel.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /tomas/ }).waitFor({ state: 'detached' });
  await closePage(page);
});

test('nobody disables or deletes themselves', async () => {
  const page = await openPage(browser, server);
  await page.goto('/users');
  await page.getByRole('button', { name: /^Administrator/ }).click();
  const panel = page.getByRole('complementary');
  await panel.getByText('This is you').waitFor();
  assert.equal(await panel.getByLabel('Disabled').isDisabled(), true);
  assert.equal(await panel.getByRole('button', { name: 'Delete' }).isDisabled(), true);
  await closePage(page);
});

test('a save over a change that one has not seen is refused, and says so', async () => {
  const page = await openPage(browser, server);
  await addUser(page, 'ida', 'Viewer');
  const panel = page.getByRole('complementary', { name: 'ida' });
  await panel.getByLabel('Name').fill('Ida Berg');
  const headers = { Origin: server.url, 'If-Match': '*' };
  const data = { name: 'ida', roles: { default: 'admin' } };
  const answer = await page.request.put('/api/v1/users/ida', { data, headers });
  assert.equal(answer.status(), 200, await answer.text());
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').filter({ hasText: 'admin changed the user meanwhile.' }).waitFor();
  assert.equal(await panel.getByLabel('Default').inputValue(), 'admin');
  await panel.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Ida Berg is saved').waitFor();
  await closePage(page);
});

test('one’s own password, from the menu', async () => {
  const page = await openPage(browser, server);
  const password = await addUser(page, 'lena', 'Editor');
  const theirs = await firstSignIn('lena', password, 'lenas-own-password');
  await theirs.getByRole('button', { name: 'User lena' }).click();
  await theirs.getByRole('menuitem', { name: 'Change password' }).click();
  const dialog = theirs.getByRole('dialog', { name: 'Change password' });
  await dialog.getByLabel('Current password').fill('not-this-one');
  await dialog.getByLabel('New password').fill('lenas-next-password');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await dialog.getByText('The current password is wrong.').waitFor();
  await dialog.getByLabel('Current password').fill('lenas-own-password');
  await dialog.getByRole('button', { name: 'Change password' }).click();
  await theirs.getByText('Your password is changed').waitFor();
  await theirs.getByRole('button', { name: 'User lena' }).click();
  await theirs.getByRole('menuitem', { name: 'Sign out' }).click();
  await theirs.waitForURL(/login/);
  await signIn(theirs, 'lena', 'lenas-next-password');
  await theirs.waitForURL(/callflows/);
  await closePage(theirs);
  await closePage(page);
});
