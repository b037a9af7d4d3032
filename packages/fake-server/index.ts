export { FakePerson } from './fake-person.ts';
export { createFakeServer, FakeServer, type NewPerson } from './fake-server.ts';
export { Network } from './network.ts';
