import { expect } from 'vitest';
import type { Expectation } from './oracle.ts';
import { frameOf, PING_ID, ping, type RawConnection, type Transport } from './raw-connection.ts';

/** FRM-6: the connection ends with `Closing`, and on WebSocket with the same code. Answers the code. */
export async function closeCodeOf(connection: RawConnection, transport: Transport): Promise<number | undefined> {
  const { closing, webSocketCode } = await connection.ended;
  if (transport === 'ws') expect(webSocketCode).toBe(closing?.code);
  return closing?.code;
}

/** Throws bytes at the server, and a Ping behind them, and holds what it does against what it should do. */
export async function throwBytes(
  connection: RawConnection,
  bytes: Uint8Array,
  expected: Expectation,
  transport: Transport,
): Promise<void> {
  connection.send(bytes);
  connection.send(frameOf(ping));
  switch (expected.kind) {
    case 'closes':
      expect(expected.codes).toContain(await closeCodeOf(connection, transport));
      return;
    case 'answers':
      expect((await connection.reply(PING_ID)).case).toBe('pong');
      connection.end();
      await connection.ended;
      return;
    case 'waits':
      connection.end();
      expect((await connection.ended).closing).toBeUndefined();
      return;
  }
}
