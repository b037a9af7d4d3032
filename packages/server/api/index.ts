import type { AccountStore, Authenticator } from '@hongyan/core/ports';
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Allocations } from '../allocation/index.ts';
import type { ApiKeys } from '../auth/api-keys.ts';
import type { Devices } from '../auth/devices.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { Config } from '../config.ts';
import type { Polling } from '../gateway/index.ts';
import type { LinkPreviews } from '../previews/index.ts';
import { accountRoutes } from './accounts.ts';
import { createRequireKey } from './admin/access.ts';
import { adminConversationRoutes } from './admin/conversations.ts';
import { adminKeyRoutes } from './admin/keys.ts';
import type { SpeakerParts } from './admin/speaker.ts';
import { adminUserRoutes } from './admin/users.ts';
import type { Api } from './context.ts';
import { deviceRoutes } from './devices.ts';
import { gatewayRoutes } from './gateways.ts';
import { type GroupCalls, groupRoutes } from './groups.ts';
import { type Health, healthRoutes } from './health.ts';
import { linkPreviewRoutes } from './link-previews.ts';
import { type Measured, metricsRoutes } from './metrics.ts';
import { serveDescription } from './openapi.ts';
import { passwordRoutes } from './password.ts';
import { peopleRoutes } from './people.ts';
import { pollingRoutes } from './polling.ts';
import { Problem, sendProblem } from './problem.ts';
import { profileRoutes } from './profile.ts';
import { createRateLimiter, type RateLimitConfig, restLimits } from './rate-limits.ts';
import { RequestLog } from './request-log.ts';
import { sendSecurityHeaders } from './security-headers.ts';
import { sessionRoutes } from './sessions.ts';
import { serveWebClient } from './web-client.ts';

const BODY_BYTES_MAX = 16_384;
/** How long a request may take to arrive, and how long to be answered. */
const REQUEST_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 15_000;

export interface RestOptions {
  accounts: AccountStore;
  authenticator: Authenticator;
  sessions: Sessions;
  devices: Devices;
  apiKeys: ApiKeys;
  allocations: Allocations;
  groups: GroupCalls;
  /** What the backends of apps work with; `logic` may be on other nodes. */
  speaking: SpeakerParts;
  /** undefined where they are switched off. */
  linkPreviews: LinkPreviews | undefined;
}

export interface ApiOptions {
  /** What REST needs; undefined on a node without it. The web client comes with it. */
  rest: RestOptions | undefined;
  /** undefined on a node that is no gateway. */
  gateway: { polling: Polling; measured: Measured } | undefined;
  config: RateLimitConfig & Pick<Config, 'web' | 'trustProxy' | 'metrics'>;
  logger: FastifyBaseLogger;
  version: string;
  health: () => Health;
}

/** The HTTP side of the server, not yet listening. `api.server` is there for a WebSocket to be attached to. */
export async function createApi(options: ApiOptions): Promise<Api> {
  const { rest, gateway, config, logger, version, health } = options;
  const app = Fastify({
    loggerInstance: withoutOwnNews(logger),
    logController: new RequestLog(),
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    handlerTimeout: ANSWER_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    frameworkErrors: sendProblem,
  });
  const api: Api = app.withTypeProvider<ZodTypeProvider>();
  api.setValidatorCompiler(validatorCompiler);
  api.setSerializerCompiler(serializerCompiler);
  api.setErrorHandler(sendProblem);
  await sendSecurityHeaders(app);
  const limit = await createRateLimiter(app);
  if (rest !== undefined) {
    await serveDescription(app, version);
    const rateLimits = restLimits(limit, config, rest.authenticator);
    const context = { ...rest, rateLimits, requireKey: createRequireKey(rest.apiKeys, rateLimits.admin) };
    accountRoutes(api, context);
    sessionRoutes(api, context);
    deviceRoutes(api, context);
    passwordRoutes(api, context);
    profileRoutes(api, context);
    peopleRoutes(api, context);
    gatewayRoutes(api, context, rest.allocations);
    groupRoutes(api, context, rest.groups);
    adminUserRoutes(api, context);
    adminConversationRoutes(api, context, rest.speaking, rest.groups);
    adminKeyRoutes(api, context);
    linkPreviewRoutes(api, context, rest.linkPreviews);
  }
  if (gateway !== undefined) {
    await pollingRoutes(api, gateway.polling, limit(config.pollingConnectionsPerMinute));
  }
  healthRoutes(api, health);
  if (config.metrics) metricsRoutes(api, gateway?.measured);
  if (rest !== undefined) await serveWebClient(app, config.web);
  else app.setNotFoundHandler((request, reply) => sendProblem(new Problem('not-found'), request, reply));
  return api;
}

/** Where it listens is said by whoever started it, not by Fastify. Requests log through children, which leave nothing out. */
function withoutOwnNews(logger: FastifyBaseLogger): FastifyBaseLogger {
  const own = logger.child({});
  own.info = () => {};
  return own;
}
