// A phone that others wrote: SIPp, with the scenarios of the wire tests.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCENARIOS = new URL('../wire/sipp/', import.meta.url).pathname;

async function freePort() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

async function sipp(server, scenario, port, options) {
  const folder = await mkdtemp(join(tmpdir(), 'strowger-sipp-'));
  const words = ['-sf', join(SCENARIOS, `${scenario}.xml`), '-m', '1', '-i', '127.0.0.1'];
  const media = ['-mi', '127.0.0.1', '-mp', String(await freePort()), '-nostdin'];
  const patience = ['-timeout', '30', '-timeout_error'];
  const command = [server.sip, ...words, '-p', String(port), ...media, ...patience, ...options];
  const child = spawn('sipp', command, { cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit').then(async ([code]) => {
    await rm(folder, { recursive: true });
    return code;
  });
  return { child, ended };
}

// Registers as the device of that name, at a port of its own. → the port
export async function registerPhone(server, { user, secret }) {
  const port = await freePort();
  const login = ['-s', user, '-au', user, '-ap', secret];
  const { ended } = await sipp(server, 'register', port, login);
  assert.equal(await ended, 0, `${user} can't register`);
  return port;
}

// `during` one call that the phone at `port` takes as the scenario says, to its last word.
export async function whilePhone(server, scenario, port, during) {
  const { child, ended } = await sipp(server, scenario, port, []);
  try {
    await during();
    assert.equal(await ended, 0, `the phone saw something else than ${scenario}.xml`);
  } finally {
    child.kill();
    await ended;
  }
}
