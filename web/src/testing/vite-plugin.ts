// `STROWGER_FAKE=1 vite` (or `vite preview`): /api/v1 answered by the fake.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Connect, Plugin } from 'vite';
import { actionsFrom } from './fake-actions';
import { FakeServer } from './fake-server';

// As server/api/web_files.cpp sends it.
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'nonce-__CSP_NONCE__'; " +
  "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; " +
  "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'";

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function answer(fake: FakeServer, from: IncomingMessage, to: ServerResponse) {
  const body = from.method === 'GET' || from.method === 'HEAD' ? undefined : await bodyOf(from);
  const headers = new Headers();
  for (const [name, value] of Object.entries(from.headers)) {
    if (typeof value === 'string') headers.set(name, value);
  }
  const request = new Request(`http://fake${from.url}`, {
    method: from.method ?? 'GET',
    headers,
    ...(body?.length ? { body: new Uint8Array(body) } : {}),
  });
  const response = await fake.handle(request);
  to.statusCode = response.status;
  response.headers.forEach((value, name) => {
    to.setHeader(name, value);
  });
  to.end(Buffer.from(await response.arrayBuffer()));
}

export function fakeApi(): Plugin {
  let fake = new FakeServer(actionsFrom(join(import.meta.dirname, '../../../actions')));
  const handler: Connect.NextHandleFunction = (from, to, next) => {
    if (!from.url?.startsWith('/api/v1/')) {
      to.setHeader('Content-Security-Policy', POLICY);
      return next();
    }
    if (from.url.startsWith('/api/v1/events')) {
      to.writeHead(200, { 'Content-Type': 'text/event-stream' });
      to.write(': hello\n\n');
      return;
    }
    if (from.url === '/api/v1/fake/reset') {
      fake = new FakeServer(fake.actions);
      to.end('{}');
      return;
    }
    answer(fake, from, to).catch(next);
  };
  return {
    name: 'fake-api',
    configureServer: (server) =>
      void server.middlewares.use('/api/v1', (from, to, next) => {
        from.url = from.originalUrl ?? from.url;
        handler(from, to, next);
      }),
    configurePreviewServer: (server) => void server.middlewares.use(handler),
  };
}
