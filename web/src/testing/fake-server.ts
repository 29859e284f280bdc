// The API from memory: enough of it for tests and screenshots. Never part of the bundle.
import type { Action, Call, Finding, Media, Problem } from '@/api/types';
import type { CallflowDocument } from '../callflow/document';
import { sameJson } from '../callflow/document';
import { fakeFindings, fakeSimulation } from './fake-judgement';
import { sampleCodes } from './sample-codes';
import { sampleCalls, sampleFlows, sampleMedia } from './sample-data';

interface Stored {
  id: string;
  published: number;
  revisions: { document: CallflowDocument; who: string; when_ms: number; note: string }[];
}

interface Incoming {
  request: Request;
  query: URLSearchParams;
  parts: string[]; // after /accounts/{account}
}

const HOUR = 3_600_000;
const sampleAccount = { id: 'default', name: 'Example', realm: '' };

function json(value: unknown, status = 200, etag?: number): Response {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (etag !== undefined) headers.set('ETag', `"${etag}"`);
  return new Response(JSON.stringify(value), { status, headers });
}

function problem(status: number, detail: string, more: Partial<Problem> = {}): Response {
  const body = { type: 'about:blank', title: detail, status, detail, ...more };
  const headers = { 'Content-Type': 'application/problem+json' };
  return new Response(JSON.stringify(body), { status, headers });
}

export class FakeServer {
  readonly flows = new Map<string, Stored>();
  readonly media = new Map<string, Media>();
  calls: Call[] = sampleCalls();
  who = 'admin';
  loggedIn = true;

  constructor(readonly actions: Action[]) {
    for (const { document, revisions, live } of sampleFlows()) {
      const list = Array.from({ length: revisions }, (_, index) => ({
        document,
        who: index % 2 ? 'tomas' : 'admin',
        when_ms: Date.now() - (revisions - index) * 26 * HOUR,
        note: index === 0 ? 'Imported from KAZOO' : '',
      }));
      const id = String(document.id);
      this.flows.set(id, { id, published: live ? revisions : 0, revisions: list });
    }
    for (const one of sampleMedia()) this.media.set(one.id, one);
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const parts = url.pathname.replace('/api/v1/', '').split('/').map(decodeURIComponent);
    const [first] = parts;
    if (first === 'session') return this.session(request);
    if (!this.loggedIn) return problem(401, 'Log in first.');
    if (first === 'actions') return json({ items: this.actions });
    if (first === 'response-codes') return json(sampleCodes);
    if (['users', 'tokens', 'audit'].includes(first ?? '')) return json({ items: [], next: '' });
    if (url.pathname === '/api/v1/accounts') return json({ items: [sampleAccount], next: '' });
    const incoming = { request, query: url.searchParams, parts: parts.slice(2) };
    const [room] = incoming.parts;
    if (room === 'callflows') return this.callflows(incoming);
    if (room === 'media') return this.mediaFiles(incoming);
    if (room === 'lint') return this.lint(request);
    if (room === 'simulate') return json(fakeSimulation(await request.json(), this.current()));
    if (room === 'settings') return json({}, 200, 1);
    if (room === 'audit') return json({ items: [], next: '' });
    if (room === 'numbers') return this.numbers(incoming);
    if (room === 'calls') return this.callRecords(incoming);
    return problem(404, 'There is nothing at this address.');
  }

  current(): Map<string, CallflowDocument> {
    return new Map(
      [...this.flows.values()].map((one) => [one.id, one.revisions.at(-1)?.document ?? {}]),
    );
  }

  private async session(request: Request): Promise<Response> {
    if (request.method === 'DELETE') {
      this.loggedIn = false;
      return new Response(null, { status: 204 });
    }
    if (request.method === 'POST') {
      const { password } = (await request.json()) as { password: string };
      if (password === 'wrong') return problem(401, 'User name and password do not match.');
      this.loggedIn = true;
    }
    if (!this.loggedIn) return problem(401, 'Log in first.');
    const accounts = [{ ...sampleAccount, role: 'admin' }];
    return json({
      user: 'admin',
      name: 'Ana Kovac',
      system: true,
      accounts,
      expires_ms: Date.now() + HOUR,
    });
  }

  private findings(document: CallflowDocument): Finding[] {
    return fakeFindings(document, this.actions, this.media);
  }

  private async lint(request: Request): Promise<Response> {
    const findings = this.findings(await request.json());
    const count = (severity: string) => findings.filter((one) => one.severity === severity).length;
    return json({ findings, errors: count('error'), warnings: count('warning') });
  }

  private answer(flow: Stored, revision = flow.revisions.length, status = 200): Response {
    const one = flow.revisions[revision - 1];
    if (!one) return problem(404, 'There is no such revision.');
    const { id, published } = flow;
    const latest = flow.revisions.length;
    const findings = this.findings(one.document);
    return json({ id, revision, latest, published, ...one, findings }, status, latest);
  }

  private async callflows({ request, query, parts }: Incoming): Promise<Response> {
    const [, id, verb, number] = parts;
    const { method } = request;
    if (id === undefined) {
      return method === 'POST' ? this.create(request, query) : json(this.summaries());
    }
    const flow = this.flows.get(id);
    if (!flow) {
      return method === 'PUT' ? this.create(request, query) : problem(404, 'No such callflow.');
    }
    if (verb === 'revisions') {
      return number ? this.answer(flow, Number(number)) : json(this.revisions(flow));
    }
    if (verb === 'duplicate') return this.duplicate(flow);
    if (verb === 'publish' || verb === 'unpublish') {
      flow.published = verb === 'publish' ? flow.revisions.length : 0;
      return this.answer(flow);
    }
    if (method === 'DELETE') {
      this.flows.delete(id);
      return new Response(null, { status: 204 });
    }
    return method === 'PUT' ? this.put(flow, request, query) : this.answer(flow);
  }

  private async create(request: Request, query: URLSearchParams): Promise<Response> {
    const document = (await request.json()) as CallflowDocument;
    const id = document.id ?? `flow-${this.flows.size + 1}`;
    const flow: Stored = { id, published: 0, revisions: [] };
    this.flows.set(id, flow);
    return this.store(flow, { ...document, id }, query, 201);
  }

  private async put(flow: Stored, request: Request, query: URLSearchParams): Promise<Response> {
    const latest = flow.revisions.length;
    const match = request.headers.get('If-Match');
    if (match === null) return problem(428, 'If-Match is missing.');
    if (match !== '*' && match !== `"${latest}"`) {
      const last = flow.revisions.at(-1);
      const current = { revision: latest, who: last?.who ?? '', when_ms: last?.when_ms ?? 0 };
      return problem(412, `${current.who} saved version ${latest} meanwhile.`, { current });
    }
    return this.store(flow, await request.json(), query, 200);
  }

  store(flow: Stored, document: CallflowDocument, query: URLSearchParams, status: number) {
    const publish = query.get('publish') === 'true';
    const findings = this.findings(document);
    if (publish && findings.some((one) => one.severity === 'error')) {
      return problem(422, 'The callflow has errors.', { findings });
    }
    if (!sameJson(flow.revisions.at(-1)?.document, document)) {
      const note = query.get('note') ?? '';
      flow.revisions.push({ document, who: this.who, when_ms: Date.now(), note });
    }
    if (publish) flow.published = flow.revisions.length;
    return this.answer(flow, undefined, status);
  }

  private duplicate(flow: Stored): Response {
    const document = flow.revisions.at(-1)?.document ?? {};
    const names = new Set([...this.current().values()].map((one) => one.name));
    let name = `${document.name} copy`;
    for (let count = 2; names.has(name); count += 1) name = `${document.name} copy ${count}`;
    const id = `copy-${this.flows.size + 1}`;
    const copy: Stored = { id, published: 0, revisions: [] };
    this.flows.set(id, copy);
    const { patterns: _, ...rest } = document;
    return this.store(copy, { ...rest, id, name, numbers: [] }, new URLSearchParams(), 201);
  }

  private summaries() {
    const items = [...this.flows.values()].map((flow) => {
      const last = flow.revisions.at(-1);
      const document = last?.document ?? {};
      const findings = this.findings(document);
      return {
        id: flow.id,
        name: document.name ?? '',
        numbers: document.numbers ?? [],
        patterns: document.patterns ?? [],
        revision: flow.revisions.length,
        published: flow.published,
        changed_ms: last?.when_ms ?? 0,
        who: last?.who ?? '',
        errors: findings.filter((one) => one.severity === 'error').length,
        warnings: findings.filter((one) => one.severity === 'warning').length,
        live_calls: flow.id === 'support' ? 5 : 0,
      };
    });
    return { items, next: '' };
  }

  private revisions(flow: Stored) {
    const items = flow.revisions.map(({ who, when_ms, note }, index) => {
      const revision = index + 1;
      return { revision, who, when_ms, note, published: flow.published === revision };
    });
    return { items: items.reverse(), next: '' };
  }

  private callRecords({ query, parts }: Incoming): Response {
    const [, id, verb] = parts;
    if (verb === 'end') {
      this.calls = this.calls.filter((one) => one.id !== id);
      return new Response(null, { status: 202 });
    }
    const live = query.get('state') === 'live';
    const items = this.calls.filter((one) => !live || !one.complete);
    return json({ items, next: '' });
  }

  private numbers({ parts }: Incoming): Response {
    const used = [...this.flows.values()].flatMap((flow) => {
      const document = flow.revisions.at(-1)?.document ?? {};
      return (document.numbers ?? []).map((number) => ({
        number,
        kind: /^\d{1,6}$/.test(number) ? 'extension' : 'phone',
        callflow: flow.id,
        callflow_name: document.name,
        live: flow.published > 0,
      }));
    });
    if (parts[1] === 'free-extension') {
      const taken = new Set(used.map((one) => one.number));
      let free = 1000;
      while (taken.has(String(free))) free += 1;
      return json({ number: String(free) });
    }
    const spare = { number: '+14155550199', kind: 'phone', spare: true };
    return json({ items: [...used, spare], next: '' });
  }

  private async mediaFiles({ request, query, parts }: Incoming): Promise<Response> {
    const [, id, verb] = parts;
    if (id === undefined) {
      if (request.method === 'POST') return this.upload(request, query);
      const items = [...this.media.values()].map((one) => ({
        ...one,
        used_by: this.uses(one.id).length,
      }));
      return json({ items, next: '' });
    }
    const one = this.media.get(id);
    if (!one) return problem(404, 'No such media.');
    if (verb === 'used-by') return json({ items: this.uses(id) });
    if (verb === 'peaks') {
      const peaks = Array.from({ length: 120 }, (_, i) =>
        Math.round(20 + 70 * Math.abs(Math.sin(i * 0.37) * Math.sin(i * 0.05 + 0.3))),
      );
      return json({ peaks, duration_ms: one.duration_ms });
    }
    if (request.method === 'DELETE') {
      const used_by = this.uses(id);
      if (used_by.length) return problem(409, 'Blocks play this media.', { used_by });
      this.media.delete(id);
      return new Response(null, { status: 204 });
    }
    if (request.method === 'PUT' && !verb) {
      const { name } = (await request.json()) as { name: string };
      this.media.set(id, { ...one, name });
    }
    return json(this.media.get(id), 200, 1);
  }

  private async upload(request: Request, query: URLSearchParams): Promise<Response> {
    const bytes = (await request.arrayBuffer()).byteLength;
    const name = query.get('name') ?? 'Upload';
    if (name.endsWith('.wma')) return problem(422, 'This format can’t be read.');
    const id = query.get('id') ?? `media-${this.media.size + 1}`;
    const media: Media = {
      id,
      name,
      duration_ms: 4000,
      source: 'wav, 8 kHz, 1 channel',
      original_bytes: bytes,
      encoded_bytes: 32_000,
      changed_ms: Date.now(),
    };
    this.media.set(id, media);
    return json(media, 201, 1);
  }

  private uses(id: string) {
    return [...this.flows.values()].flatMap((flow) => {
      const document = flow.revisions.at(-1)?.document ?? {};
      const found = JSON.stringify(document.flow ?? {}).includes(`"${id}"`);
      const name = document.name ?? '';
      return found ? [{ callflow: flow.id, name, module: 'response', live: true }] : [];
    });
  }
}
