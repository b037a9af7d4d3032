/** With which the bench calls what it starts, as the backend of an app. */
export const API_KEY = 'bench-key-of-32-characters-or-more';

const REQUEST_DEADLINE_MS = 60_000;

/** Calls `/v1/admin`. Throws when the answer is no success. */
export async function askAsBackend(port: number, method: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(REQUEST_DEADLINE_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}
