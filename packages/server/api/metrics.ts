import type { LoadClass, LoadLevel } from '@hongyan/core';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Api } from './context.ts';

/** What is counted beside the process itself. */
export interface Measured {
  connectionCount(): number;
  /** Since the start. */
  handshakes(): { admitted: number; refused: number };
  loadLevel(): LoadLevel;
  /** Written to connections, and not taken by the network or fetched. */
  lagBytes(): number;
  /** How often each class was shed since the start, in the order of shedding. */
  shed(): readonly (readonly [LoadClass, number])[];
}

/** `GET /metrics`, in the format of Prometheus: the process, and the gateway if it is one. */
export function metricsRoutes(api: Api, measured: Measured | undefined): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  if (measured !== undefined) measureGateway(register, measured);
  api.route({
    method: 'GET',
    url: '/metrics',
    logLevel: 'warn',
    schema: { hide: true },
    handler: async (_request, reply) => reply.type(register.contentType).send(await register.metrics()),
  });
}

function measureGateway(register: Registry, measured: Measured): void {
  new Gauge({
    name: 'hongyan_gateway_connections',
    help: 'Open connections of devices',
    registers: [register],
    collect() {
      this.set(measured.connectionCount());
    },
  });
  new Gauge({
    name: 'hongyan_gateway_lag_bytes',
    help: 'What was written to connections and the network has not taken; above 512 MB slow readers are closed earlier',
    registers: [register],
    collect() {
      this.set(measured.lagBytes());
    },
  });
  new Gauge({
    name: 'hongyan_load_level',
    help: 'How many classes of work are shed, from the first in their order on; 0 is none',
    registers: [register],
    collect() {
      this.set(measured.loadLevel());
    },
  });
  new Counter({
    name: 'hongyan_gateway_handshakes_total',
    help: 'Devices that asked for a session, by whether it was begun',
    labelNames: ['outcome'],
    registers: [register],
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(measured.handshakes())) this.inc({ outcome }, count);
    },
  });
  new Counter({
    name: 'hongyan_load_shed_total',
    help: 'What was not done because the node had too much to do, by class',
    labelNames: ['class'],
    registers: [register],
    collect() {
      this.reset();
      for (const [name, count] of measured.shed()) this.inc({ class: name }, count);
    },
  });
}
