// What people do on the page of seats.

export async function addSeat(page, { first, last = '' }) {
  await page.goto('/seats');
  await page.getByRole('button', { name: 'New seat' }).click();
  const dialog = page.getByRole('dialog', { name: 'New seat' });
  await dialog.getByLabel('First name').fill(first);
  await dialog.getByLabel('Last name').fill(last);
  await dialog.getByRole('button', { name: 'Find free' }).click();
  const field = dialog.getByLabel('Extension');
  await page.waitForFunction((element) => element.value !== '', await field.elementHandle());
  const extension = await field.inputValue();
  await dialog.getByRole('button', { name: 'Add seat' }).click();
  const name = `${first} ${last}`.trim();
  const shown = page.getByRole('dialog', { name: `${name} is ready` });
  const secret = (await shown.getByLabel('Password').innerText()).trim();
  return { name, extension, secret, shown };
}

export async function done(page, seat) {
  await seat.shown.getByRole('button', { name: 'Done' }).click();
  const panel = page.getByRole('complementary', { name: seat.name, exact: true });
  await panel.waitFor();
  return panel;
}
