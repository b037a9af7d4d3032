import { expect, test } from 'vitest';
import { createTestApi } from '../testing/api.ts';

test('[LOD-5] what is refused and shed can be watched', async () => {
  const { api } = await createTestApi({ config: { metrics: true } });
  const twice = [await api.inject('/metrics'), await api.inject('/metrics')];
  for (const { body } of twice) {
    expect(body).toContain('\nhongyan_gateway_connections 0\n');
    expect(body).toContain('\nhongyan_gateway_handshakes_total{outcome="admitted"} 7\n');
    expect(body).toContain('\nhongyan_gateway_handshakes_total{outcome="refused"} 3\n');
    expect(body).toContain('\nhongyan_gateway_lag_bytes 4096\n');
    expect(body).toContain('\nhongyan_load_level 2\n');
    expect(body).toContain('\nhongyan_load_shed_total{class="comparison"} 5\n');
  }
});
