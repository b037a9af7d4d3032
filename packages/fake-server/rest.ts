import type { Identity, UserRecord } from '@hongyan/core';
import { Joining } from '@hongyan/protocol';
import * as schemas from '@hongyan/server/api/schemas';
import { z } from 'zod';
import type { Backend } from './backend.ts';
import { Problem } from './problem.ts';

/** What a call is answered with: an empty answer is 204. */
type Answer = object | undefined;
type Handle = (call: Call) => Promise<Answer>;

/** A request, read as far as its route needs it. */
interface Call {
  backend: Backend;
  /** What stands for `:id` in the path. */
  id: string;
  query: URLSearchParams;
  body: unknown;
  /** Whom it speaks for. */
  caller(): Promise<Identity>;
}

const stated = { deviceName: schemas.deviceName, deviceKind: schemas.deviceKind };
const credentials = z.object({ handle: schemas.handle, password: schemas.password, ...stated });
const account = credentials.extend({ displayName: schemas.displayName });
const profile = z.object({ displayName: schemas.displayName.optional(), statusLine: schemas.statusLine.optional() });
const passwordChange = z.object({ currentPassword: schemas.password, newPassword: schemas.password });
const refresh = z.object({ refreshToken: z.string() });
const renaming = z.object({ name: schemas.visibleLine(64) });
const group = z.object({ name: schemas.displayName, members: z.array(schemas.userId) });

const FOUND_MAX = 20;
/** A client of one server is told to stay, and asks again tomorrow. */
const STAY = { status: 'allocated', gateways: [], keepForMs: 86_400_000 };

/** The calls that the SDK makes, each on the same parts as the real one (packages/server/api). */
const routes: Readonly<Record<string, Handle>> = {
  'POST /v1/accounts': ({ backend, body }) => backend.sessions.register(account.parse(body)),
  'POST /v1/sessions': ({ backend, body }) => backend.sessions.signIn(credentials.parse(body)),
  'POST /v1/sessions/refresh': ({ backend, body }) => backend.sessions.refresh(refresh.parse(body).refreshToken),
  'DELETE /v1/sessions/current': async ({ backend, caller }) => void (await backend.devices.signOut(await caller())),
  'PUT /v1/password': async ({ backend, caller, body }) =>
    void (await backend.sessions.changePassword(await caller(), passwordChange.parse(body))),
  'GET /v1/devices': async ({ backend, caller }) => {
    const { userId, deviceId } = await caller();
    const devices = await backend.devices.list(userId);
    return { devices: devices.map((device) => ({ ...device, current: device.deviceId === deviceId })) };
  },
  'PATCH /v1/devices/:id': async ({ backend, caller, id, body }) => {
    const { userId, deviceId } = await caller();
    const device = await backend.devices.rename(userId, id, renaming.parse(body).name);
    return { ...(device ?? notFound()), current: id === deviceId };
  },
  'DELETE /v1/devices/:id': async ({ backend, caller, id }) => {
    if (!(await backend.devices.revoke(await caller(), id))) notFound();
    return undefined;
  },
  'GET /v1/profile': async (call) => personOf(await userOf(call)),
  'PATCH /v1/profile': async ({ backend, caller, body }) => {
    const { displayName, statusLine } = profile.parse(body);
    const changes = { ...(displayName && { displayName }), ...(statusLine !== undefined && { statusLine }) };
    const changed = await backend.store.accounts.updateProfile((await caller()).userId, changes);
    return personOf(changed ?? notFound());
  },
  'GET /v1/people': async ({ backend, caller, query }) => {
    await caller();
    const { accounts } = backend.store;
    const ids = query.get('ids');
    const found = ids
      ? await accounts.usersById(ids.split(','))
      : await accounts.findUsers(query.get('query') ?? '', FOUND_MAX);
    return { people: found.map(personOf) };
  },
  'POST /v1/groups': async ({ backend, caller, body }) => {
    const { userId } = await caller();
    return { conversationId: await backend.createGroup(userId, group.parse(body)) };
  },
  'GET /v1/groups/:id/preview': async ({ backend, caller, id, query }) => {
    await caller();
    const found = await backend.previewGroup(id, query.get('code') ?? '');
    const joining = found && joiningNames[found.joining];
    return joining ? { ...found, joining } : notFound();
  },
  'POST /v1/gateways': async ({ caller }) => {
    await caller();
    return STAY;
  },
  'POST /v1/link-previews': async () => {
    throw new Problem('link-previews-off');
  },
};

const joiningNames: Partial<Record<Joining, string>> = {
  [Joining.OPEN]: 'open',
  [Joining.APPROVAL]: 'approval',
  [Joining.QUESTION]: 'question',
};

function personOf({ userId, handle, displayName, statusLine }: UserRecord) {
  return { userId, handle, displayName, statusLine };
}

async function userOf({ backend, caller }: Call): Promise<UserRecord> {
  return (await backend.store.accounts.userById((await caller()).userId)) ?? notFound();
}

function notFound(): never {
  throw new Problem('not-found');
}

/** Answers a request as the server's REST interface does, errors as problems. */
export async function answer(backend: Backend, request: Request): Promise<Response> {
  try {
    return json(await carryOut(backend, request));
  } catch (error) {
    return Problem.from(error).response();
  }
}

async function carryOut(backend: Backend, request: Request): Promise<Answer> {
  const { pathname, searchParams: query } = new URL(request.url);
  const [, , , id = ''] = pathname.split('/');
  const exact = `${request.method} ${pathname}`;
  const handle = routes[exact] ?? routes[exact.replace(/^(\w+ \/v1\/\w+\/)[^/]+/, '$1:id')];
  if (handle === undefined) notFound();
  const text = await request.text();
  const caller = async () => {
    const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
    const identity = await backend.authenticator.authenticate(token);
    if (identity === undefined) throw new Problem('unauthenticated');
    return identity;
  };
  return handle({ backend, id: decodeURIComponent(id), query, body: text === '' ? {} : JSON.parse(text), caller });
}

const json = (body: Answer): Response =>
  body === undefined ? new Response(null, { status: 204 }) : Response.json(body);
