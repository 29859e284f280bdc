// The server under test. With STROWGER=build/release/strowger the real one, on ports of its own and
// with an empty data directory; without, the app's in-memory fake. STROWGER_WEB names another build
// of the app than web/dist.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;
const WEB = process.env.STROWGER_WEB ?? join(ROOT, 'web/dist');
const PASSWORD = 'browser-tests-2026';
const START_MS = 30_000;

function lineMatching(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error(`no ${pattern} in: ${text}`)), START_MS);
    const take = (chunk) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours of the terminal
      text += String(chunk).replace(/\x1b\[\d+m/g, '');
      const match = pattern.exec(text);
      if (!match) return;
      clearTimeout(timer);
      resolve(match);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('exit', (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
}

function stopper(child, after = async () => undefined) {
  return async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.removeAllListeners('exit');
    child.once('exit', () => undefined);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await Promise.race([gone, ended]);
    await after();
  };
}

async function startFake() {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const options = ['preview', '--host', '127.0.0.1', '--port', '0', '--outDir', WEB];
  const child = spawn(process.execPath, [vite, ...options], {
    cwd: join(ROOT, 'web'),
    env: { ...process.env, STROWGER_FAKE: '1' },
  });
  const [, url] = await lineMatching(child, /(http:\/\/127\.0\.0\.1:\d+)\//);
  return { url, sip: null, login: null, sessions: new Map(), stop: stopper(child) };
}

async function startReal(program) {
  const data = await mkdtemp(join(tmpdir(), 'strowger-web-'));
  const options = ['serve', '--data', data, '--sip', 'udp:127.0.0.1:0', '--http', '127.0.0.1:0'];
  const child = spawn(program, [...options, '--web', WEB], {
    env: { ...process.env, STROWGER_ADMIN_PASSWORD: PASSWORD },
  });
  const [, sip, http] = await lineMatching(child, /ready sip=udp:([^\s,]+)\S* http=(\S+)/);
  const stop = stopper(child, () => rm(data, { recursive: true, force: true }));
  const login = { user: 'admin', password: PASSWORD };
  return { url: `http://${http}`, sip, login, sessions: new Map(), stop };
}

export function startServer() {
  const program = process.env.STROWGER;
  return program ? startReal(resolve(ROOT, program)) : startFake();
}

// Calls a number and gives what the caller saw; null where there is no wire (the fake).
export function callNumber(server, number, options = []) {
  if (!server.sip) return Promise.resolve(null);
  const program = resolve(ROOT, process.env.STROWGER);
  return new Promise((resolve) => {
    execFile(
      program,
      ['call', `sip:${number}@${server.sip}`, ...options],
      (error, stdout, stderr) => resolve((error ? 'failed\n' : '') + stdout + stderr),
    );
  });
}
