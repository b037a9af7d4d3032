import { expect, test } from 'vitest';
import { createLogger } from './log.ts';
import { ada, bearer, createTestApi } from './testing/api.ts';

function capture() {
  const lines: string[] = [];
  const logger = createLogger({ level: 'trace', destination: { write: (line) => lines.push(line) } });
  return { logger, lines };
}

test('[P6] secrets and what people write are censored wherever they stand', () => {
  const { logger, lines } = capture();
  const secret = 'do-not-log-this';
  logger.info({ password: secret, accessToken: secret, device: { refreshHash: secret } }, 'top and nested');
  logger.info({ request: { headers: { authorization: secret } }, message: { body: secret, text: secret } }, 'deeper');
  logger.info({ handle: 'ada' }, 'kept');
  expect(lines.join('')).not.toContain(secret);
  expect(lines.join('')).toContain('[redacted]');
  expect(lines.join('')).toContain('ada');
});

test('[P6] registering, signing in, refreshing and searching leave no secret in the log at level trace', async () => {
  const { logger, lines } = capture();
  const { api } = await createTestApi({ logger });
  const post = async (url: string, payload: object) => (await api.inject({ method: 'POST', url, payload })).json();
  const sessions = [await post('/v1/accounts', ada), await post('/v1/sessions', ada)];
  sessions.push(await post('/v1/sessions/refresh', { refreshToken: sessions[0].refreshToken }));
  await post('/v1/sessions', { ...ada, password: 'a wrong password' });
  await post('/v1/sessions/refresh', { refreshToken: `${sessions[0].deviceId}.forged` });
  await api.inject({ url: '/v1/people?query=somebody', headers: bearer(sessions[0].accessToken) });
  const log = lines.join('');
  expect(log).toContain('/v1/sessions/refresh');
  const secrets = sessions.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken.split('.')[1]]);
  for (const secret of [...secrets, ada.password, 'a wrong password', 'forged', 'somebody', '$argon2id']) {
    expect(log).not.toContain(secret);
  }
});

test('[O1] where it listens is not said twice, and requests are still told', async () => {
  const { logger, lines } = capture();
  const { api } = await createTestApi({ logger });
  const address = await api.listen({ host: '127.0.0.1', port: 0 });
  await fetch(`${address}/v1/nothing`);
  await api.close();
  expect(lines.join('')).toContain('/v1/nothing');
  expect(lines.join('')).not.toContain('listening');
});
