import { expect, test } from 'vitest';
import { loadConfig } from '../config.ts';
import { LoadShedding } from '../gateway/index.ts';
import { systemRandom as random } from '../system.ts';
import { GatewayWorld } from '../testing/gateway-world.ts';
import { gatewayLoad } from './gateway.ts';

const load = new LoadShedding({ random, eventLoopDelay: { takeMs: () => 0 } });
const { gateway } = await GatewayWorld.create();
const announced = (...argv: string[]) => gatewayLoad(gateway, load, loadConfig({ argv, env: {} }), 8081);

test('[A6] a gateway announces how full it is and what it takes; one without a limit says what a process bears', () => {
  expect(announced('--connections-max', '7', '--handshakes-per-second', '5', '--site', 'a')).toEqual({
    ...{ connections: 0, connectionsMax: 7, handshakesPerSecond: 5, loadLevel: 0 },
    ...{ site: 'a', url: '', tcpPort: 0 },
  });
  expect(announced('--handshakes-per-second', '0').handshakesPerSecond).toBe(1_000);
});

test('[A6, F1] the TCP port is said where an address is, unless another one leads there', () => {
  const url = 'https://g1.example.org';
  expect(announced('--public-url', url)).toMatchObject({ url, tcpPort: 8081 });
  expect(announced('--public-url', url, '--public-tcp-port', '443').tcpPort).toBe(443);
  expect(announced('--public-url', url, '--public-tcp-port', '0').tcpPort).toBe(0);
});
