/** Real engines of a test's or bench's own, each in a process that ends with it, and the ports they need. */
export { startNats, type TestNats } from '@hongyan/server/adapters/broker/nats/testing/server.ts';
export {
  startServer as startPostgres,
  type TestServer as TestPostgres,
} from '@hongyan/server/adapters/store/postgres/testing/server.ts';
export { freePort } from '@hongyan/server/testing/free-port.ts';
