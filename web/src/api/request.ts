// One way to the server: JSON in, JSON or a Problem out.
import { translate } from '@/language/translate';
import { noteAnswer } from './connection';
import { detailOf } from './said';
import type { Problem } from './types';

export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(detailOf(problem));
  }
  get status(): number {
    return this.problem.status;
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export interface Answer<Value> {
  value: Value;
  etag: string;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  ifMatch?: string;
  ifNoneMatch?: '*';
  query?: Record<string, string | number | boolean | undefined>;
  signal?: AbortSignal;
}

export const API = '/api/v1';

export function address(path: string, query: Call['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `${API}${path}${text ? `?${text}` : ''}`;
}

// "/accounts/{account}/callflows/{id}" with the parts escaped.
export function path(strings: TemplateStringsArray, ...parts: string[]): string {
  return strings.reduce(
    (text, piece, index) => text + encodeURIComponent(parts[index - 1] ?? '') + piece,
  );
}

// Of an answer that says no more.
export function answered(status: number): string {
  return translate('The server answered {{status}}.', { status });
}

export async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = {
    type: 'about:blank',
    title: response.statusText || 'Error',
    status: response.status,
    detail: answered(response.status),
  };
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? { ...fallback, ...body } : fallback;
  } catch {
    return fallback;
  }
}

export async function request<Value>(to: string, call: Call = {}): Promise<Answer<Value>> {
  const headers = new Headers({ Accept: 'application/json' });
  const raw = call.body instanceof Blob;
  if (call.body !== undefined) {
    const type = raw ? (call.body as Blob).type || 'application/octet-stream' : 'application/json';
    headers.set('Content-Type', type);
  }
  if (call.ifMatch) headers.set('If-Match', call.ifMatch);
  if (call.ifNoneMatch) headers.set('If-None-Match', call.ifNoneMatch);
  const body = raw ? (call.body as Blob) : JSON.stringify(call.body);
  let response: Response;
  try {
    response = await fetch(address(to, call.query), {
      method: call.method ?? 'GET',
      headers,
      credentials: 'same-origin',
      ...(call.body === undefined ? {} : { body }),
      ...(call.signal ? { signal: call.signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    noteAnswer(0);
    throw new ApiProblem({
      type: 'about:blank',
      title: 'No connection',
      status: 0,
      detail: translate('The server can’t be reached. Try again in a moment.'),
    });
  }
  noteAnswer(response.status);
  if (!response.ok) throw new ApiProblem(await problemOf(response));
  const text = await response.text();
  const value = text ? JSON.parse(text) : undefined;
  return { value: value as Value, etag: response.headers.get('ETag') ?? '' };
}
