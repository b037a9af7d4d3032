export { LogicService } from './logic-service.ts';
export { Relay } from './relay.ts';
export { createRelayedAuthenticator } from './relayed-authenticator.ts';
export { createRelayedLogic } from './relayed-logic.ts';
export { askSignedOut } from './signed-out.ts';
