import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Api } from './context.ts';

/** What is counted beside the process itself. */
export interface Measured {
  connectionCount(): number;
}

/** `GET /metrics`, in the format of Prometheus. */
export function metricsRoutes(api: Api, measured: Measured): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  new Gauge({
    name: 'hongyan_gateway_connections',
    help: 'Open connections of devices',
    registers: [register],
    collect() {
      this.set(measured.connectionCount());
    },
  });
  api.route({
    method: 'GET',
    url: '/metrics',
    logLevel: 'warn',
    schema: { hide: true },
    handler: async (_request, reply) => reply.type(register.contentType).send(await register.metrics()),
  });
}
