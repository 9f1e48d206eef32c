import type { Session } from './answers';

/** An answer that is no success, as the API explains it (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    readonly parameter: string | null = null,
  ) {
    super(detail);
    this.name = 'Problem';
  }

  /** Whether the same request may succeed a little later. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export type Query = Readonly<Record<string, string | number | null | undefined>>;

let whenSignedOut: () => void = () => {};

/** Who is told when the API no longer knows who asks. */
export function onSignedOut(listener: () => void): void {
  whenSignedOut = listener;
}

export function url(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, '');
  }
  if (response.ok) return response;
  const problem = await response
    .json()
    .then((body: unknown) => body as { detail?: string; parameter?: string })
    .catch(() => ({}) as { detail?: string; parameter?: string });
  throw new Problem(response.status, problem.detail ?? response.statusText, problem.parameter ?? null);
}

async function sendSignedIn(path: string, init: RequestInit): Promise<Response> {
  try {
    return await send(path, init);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) whenSignedOut();
    throw error;
  }
}

/** What the API answers below `/api/v1`. */
export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const init: RequestInit = { headers: { Accept: 'application/json' } };
  if (signal) init.signal = signal;
  const response = await sendSignedIn(url('/api/v1' + path, query), init);
  return (await response.json()) as T;
}

/** The same; null where there is no such thing. */
export async function getIfThere<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T | null> {
  try {
    return await get<T>(path, query, signal);
  } catch (error) {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  }
}

/** Offers the table at a path as a CSV file. */
export async function download(path: string, query: Query, fileName: string): Promise<void> {
  const response = await sendSignedIn(url('/api/v1' + path, query), { headers: { Accept: 'text/csv' } });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Who is signed in; null when nobody is. */
export async function session(): Promise<Session | null> {
  const response = await send('/auth/session', {});
  return response.status === 204 ? null : ((await response.json()) as Session);
}

export async function signIn(key: string): Promise<Session> {
  const response = await send('/auth/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key }),
  });
  return (await response.json()) as Session;
}

/** The identity providers that people may sign in by. */
export async function providers(): Promise<{ name: string; start: string }[]> {
  const answer = (await (await send('/auth/providers', {})).json()) as { providers: { name: string; start: string }[] };
  return answer.providers;
}

export async function signOut(): Promise<void> {
  await send('/auth/session', { method: 'DELETE' });
}
