// Every page and pop-up of the app, opened over the sample office: for axe and for pictures.
import { callNumber } from './server.mjs';

const MAIN_LINE = '/callflows/main-line';
const CALL_SECONDS = 20; // of the live call that the calls page shows

const button = (page, name) => page.getByRole('button', { name, exact: true });
const drawn = (page) => page.locator('.block-value', { hasText: '486' }).first().waitFor();
const open = (page) => page.getByRole('dialog').waitFor();

async function openResponse(page) {
  await page.goto('/callflows/sales');
  await page.locator('.block-value', { hasText: '486' }).click();
  await open(page);
}

async function changeMessage(page, message) {
  await openResponse(page);
  await page.getByLabel('Message').fill(message);
  await button(page, 'Apply').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

// Nothing fades or glides any more; what runs for ever (a pulse) may.
export async function atRest(page) {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const ends = (one) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
    const running = document.getAnimations().filter(ends);
    await Promise.all(running.map((one) => one.finished.catch(() => undefined)));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  });
}

const settingsPage = (path, deed) => async (page) => {
  await page.goto(path);
  await button(page, deed).click();
  await open(page);
};

export const EDITOR_VIEWS = {
  editor: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await page.getByText('1 problem').waitFor();
  },
  list: async (page) => {
    await page.goto('/callflows/sales');
    await drawn(page);
    await page.getByLabel('Search callflows').fill('+1 415');
    await page.getByText('Berlin office').waitFor({ state: 'detached' });
  },
  response: async (page) => {
    await openResponse(page);
    await page.locator('[data-preview]').waitFor();
  },
  'response codes': async (page) => {
    await openResponse(page);
    await page.locator('#response-code').fill('busy');
    await page.getByRole('option').first().waitFor();
  },
  save: async (page) => {
    await changeMessage(page, 'On the phone, call back at three');
    await button(page, 'Save').click();
    await page.getByRole('menuitem').first().waitFor();
  },
  'main block': async (page) => {
    await page.goto('/callflows/new');
    await page.locator('#block-main').click();
    await open(page);
  },
  'add an action': async (page) => {
    await page.goto('/callflows/new');
    await page.locator('[data-plus="main"]').click();
    await open(page);
  },
  palette: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await page.keyboard.press('Control+k');
    await open(page);
  },
  shortcuts: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await page.keyboard.press('?');
    await open(page);
  },
  outline: async (page) => {
    await page.goto(MAIN_LINE);
    await button(page, 'Outline').click();
    await page.getByRole('tree').waitFor();
  },
  simulate: async (page) => {
    await page.goto('/callflows/sales');
    await drawn(page);
    await button(page, 'Simulate').click();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.locator('[data-final]').waitFor();
  },
  history: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await button(page, 'History').click();
    await page.getByText('First version').click();
    await page.getByRole('button', { name: 'Back to version 1' }).waitFor();
  },
  more: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await button(page, 'More').click();
    await page.getByRole('menuitem').first().waitFor();
  },
  'note for a version': async (page) => {
    await changeMessage(page, 'On the phone, call back at four');
    await button(page, 'Note for this version').click();
    await page.getByRole('textbox', { name: 'Note for this version' }).waitFor();
  },
  import: async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    const flow = { module: 'acdc_member', data: {}, children: {} };
    const buffer = Buffer.from(JSON.stringify({ name: 'From KAZOO', numbers: [], flow }));
    const file = { name: 'kazoo.json', mimeType: 'application/json', buffer };
    await page.locator('[data-import]').setInputFiles(file);
    await page.getByText('It can go live when its errors are mended').waitFor();
  },
  'delete a callflow': async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    await button(page, 'More').click();
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await open(page);
  },
  'free branches': async (page) => {
    await page.goto(MAIN_LINE);
    await drawn(page);
    const dataTransfer = await page.evaluateHandle(() => new DataTransfer());
    await page.dispatchEvent('[data-action=response]', 'dragstart', { dataTransfer });
    const menu = page.locator('.flow-block:not(.block-main)', { hasText: 'Menu' }).first();
    await page.locator('.flow-block[data-drop=legal]').first().waitFor();
    await menu.dispatchEvent('dragover', { dataTransfer });
    await menu.locator('[data-slot]').first().waitFor();
  },
  'path of a call': async (page) => {
    const answer = await page.request.get('/api/v1/accounts/default/calls?state=ended');
    const { items } = await answer.json();
    const { callflow, revision, id } = items.find((one) => one.callflow);
    await page.goto(`/callflows/${callflow}?revision=${revision}&call=${id}`);
    await page.locator('.step-number').first().waitFor();
  },
};

export const OTHER_VIEWS = {
  login: async (page) => {
    await page.context().clearCookies();
    await page.goto('/login');
    await button(page, 'Sign in').waitFor();
  },
  media: async (page) => {
    await page.goto('/media');
    await button(page, 'Closed today').click();
    await page.getByRole('complementary').getByText('2 blocks').waitFor();
  },
  'delete media': async (page) => {
    await OTHER_VIEWS.media(page);
    await button(page, 'Delete').click();
    await page.getByLabel('Played instead').waitFor();
  },
  record: async (page) => {
    await page.goto('/media');
    await button(page, 'Record').click();
    await page.getByRole('timer').waitFor();
    await button(page, 'Stop recording').click();
    await page.getByLabel('Name').waitFor();
  },
  calls: async (page, server) => {
    const stay = ['--from', '+14155550107', '--hangup-after', String(CALL_SECONDS)];
    void callNumber(server, '1000', stay);
    await page.goto('/calls');
    await page.getByRole('region', { name: 'In progress' }).waitFor();
    const history = page.getByRole('table', { name: 'Calls' });
    await history.getByRole('row', { name: /0188/ }).first().getByRole('button').click();
    await page.getByRole('region', { name: 'Path' }).waitFor();
  },
  numbers: async (page) => {
    await page.goto('/numbers');
    await page.getByText('Berlin office').first().waitFor();
  },
  'what if': async (page) => {
    await OTHER_VIEWS.numbers(page);
    await button(page, 'What happens if someone calls 1100').click();
    await button(page, 'Run').click();
    await page.locator('[data-final]').waitFor();
  },
  'free extension': async (page) => {
    await OTHER_VIEWS.numbers(page);
    await button(page, 'Free extension').click();
    await button(page, 'Find').click();
    await page.getByText('is free').waitFor();
  },
  'user menu': async (page) => {
    await OTHER_VIEWS.numbers(page);
    await page.getByRole('button', { name: /^User/ }).click();
    await page.getByRole('menu').waitFor();
  },
  'session ended': async (page) => {
    await OTHER_VIEWS.numbers(page);
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Calls' }).click();
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor();
  },
  seats: async (page) => {
    await page.goto('/seats');
    await page.getByRole('button', { name: /^Maya Ortiz/ }).click();
    await page.getByRole('region', { name: 'Phones' }).getByText('Offline').waitFor();
  },
  'seat, refused': async (page) => {
    await OTHER_VIEWS.seats(page);
    await page.getByLabel('E-mail').fill('nobody');
    await page.getByLabel('Rings for').fill('301');
    await button(page, 'Save').click();
    await page.getByText(/1 to 300/).waitFor();
  },
  'new seat': settingsPage('/seats', 'New seat'),
  'delete seat': async (page) => {
    await OTHER_VIEWS.seats(page);
    await button(page, 'Delete').click();
    await page.getByLabel('Its phones, too').waitFor();
  },
  'new phone password': async (page) => {
    await OTHER_VIEWS.seats(page);
    await page.getByRole('button', { name: /^New password for/ }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'New password' }).click();
    await page.getByText(/\(UDP\)/).waitFor();
  },
  phones: async (page) => {
    await page.goto('/phones');
    await page.getByRole('button', { name: /^Front door/ }).click();
    await page.getByRole('complementary').getByText('Nothing rings it.').waitFor();
  },
  'phone, asked every minute': async (page) => {
    await OTHER_VIEWS.phones(page);
    await page.getByLabel('Ask whether it is there').selectOption('every');
    await page.getByLabel('Call forwarding').check();
    await page.getByLabel('Forward to').waitFor();
  },
  'new phone': settingsPage('/phones', 'New phone'),
  'new phone, refused': async (page) => {
    await OTHER_VIEWS['new phone'](page);
    await page.getByLabel('Kind').selectOption('sip_uri');
    await page.getByLabel('Name').fill('Back door');
    await button(page, 'Add phone').click();
    await page.getByLabel('SIP address').fill('door at the back');
    await button(page, 'Add phone').click();
    await page.getByText(/a SIP address like/).waitFor();
  },
  'settings of a phone': async (page) => {
    await OTHER_VIEWS.phones(page);
    await button(page, 'New password').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'New password' }).click();
    await page.getByText(/\(UDP\)/).waitFor();
    await page.getByRole('img', { name: 'The settings as a QR code' }).waitFor();
  },
  'ring groups': async (page) => {
    await page.goto('/ring-groups');
    await page.getByRole('button', { name: /^Sales team/ }).click();
    await page.getByLabel('After (s), Maya Ortiz').waitFor();
  },
  'ring group, refused': async (page) => {
    await OTHER_VIEWS['ring groups'](page);
    await page.getByLabel('After (s), Maya Ortiz').fill('121');
    await button(page, 'Save').click();
    await page.getByText(/0 to 120/).waitFor();
  },
  'new ring group': settingsPage('/ring-groups', 'New ring group'),
  'time of day': async (page) => {
    await page.goto('/time-of-day');
    await page.getByRole('button', { name: 'Christmas' }).click();
    await page.getByRole('complementary').getByLabel('Days of the month').waitFor();
  },
  'new rule': settingsPage('/time-of-day', 'New rule'),
  'new rule set': settingsPage('/time-of-day', 'New rule set'),
  trunks: async (page) => {
    await page.goto('/trunks');
    await page.getByRole('button', { name: /^Carrier/ }).click();
    await page.getByRole('region', { name: 'State' }).waitFor();
  },
  'trunk, refused': async (page) => {
    await OTHER_VIEWS.trunks(page);
    await page.getByLabel('Host 1').fill('no host');
    await page.getByLabel('Register there').check();
    await button(page, 'Save').click();
    await page.getByText(/a name like sip\.example\.net/).waitFor();
    await page.getByText(/are needed/).waitFor();
  },
  'new trunk': settingsPage('/trunks', 'New trunk'),
  settings: async (page) => {
    await page.goto('/settings');
    await page.locator('form').first().waitFor();
  },
  users: async (page) => {
    await page.goto('/users');
    await page.getByText('tomas').first().waitFor();
  },
  user: async (page) => {
    await OTHER_VIEWS.users(page);
    await page.getByRole('button', { name: /tomas/ }).click();
    await page.getByRole('complementary').getByLabel('Name').waitFor();
  },
  'new user': settingsPage('/users', 'New user'),
  tokens: async (page) => {
    await page.goto('/tokens');
    await button(page, 'New token').waitFor();
  },
  'new token': settingsPage('/tokens', 'New token'),
  audit: async (page) => {
    await page.goto('/audit');
    await page.getByRole('row').nth(1).waitFor();
  },
  accounts: async (page) => {
    await page.goto('/accounts');
    await button(page, 'New account').waitFor();
  },
  'new account': settingsPage('/accounts', 'New account'),
};
