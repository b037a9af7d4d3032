import { ErrorCode } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ModelServer } from './testing/model-server.ts';
import { TwoTabs } from './testing/two-tabs.ts';

const happenings = [
  ...['compose', 'compose', 'answer', 'answer', 'refuse for now', 'refuse for good', 'lose answers', 'lose'],
  ...['reconnect', 'resend', 'push', 'hear', 'hand over', 'reload', 'retry', 'slow store', 'stored'],
] as const;
const step = fc.record({ what: fc.constantFrom(...happenings), which: fc.constantFrom(0 as const, 1 as const) });
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function take(device: TwoTabs, { what, which }: Step): Promise<void> {
  switch (what) {
    case 'compose':
      return device.compose(which);
    case 'answer':
      return device.answer(which);
    case 'refuse for now':
      return device.refuse(which, ErrorCode.UNAVAILABLE);
    case 'refuse for good':
      return device.refuse(which, ErrorCode.FORBIDDEN);
    case 'lose answers':
      return device.loseAnswers(which);
    case 'lose':
      return device.lose(which);
    case 'reconnect':
      return device.reconnect(which);
    case 'resend':
      return device.resend(which);
    case 'push':
      return device.push(which);
    case 'hear':
      return device.hear(which);
    case 'hand over':
      return device.handOver();
    case 'reload':
      return device.reload(which);
    case 'retry':
      return device.retryFailed(which);
    case 'slow store':
      device.tabs[which].storesAtOnce = false;
      return;
    case 'stored':
      device.tabs[which].storesAtOnce = true;
      return device.tabs[which].finishStoring();
  }
}

test('[OUT-1, OUT-2, OUT-3, OUT-5, OUT-6, OUT-7] two tabs, any fault at any step: nothing lost, nothing twice, each tab’s order kept', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), async (steps) => {
      const server = new ModelServer();
      const device = new TwoTabs(server);
      await device.start();
      for (const next of steps) await take(device, next);
      await device.heal();

      const logged = server.log.map(({ clientMessageId }) => clientMessageId);
      expect(logged).toEqual([...new Set(logged)]);
      for (const written of device.written) {
        expect(logged).toEqual(expect.arrayContaining(written));
        const unfailed = (id: string) => !device.failed.has(id);
        const wrote = new Set(written);
        expect(logged.filter((id) => wrote.has(id)).filter(unfailed)).toEqual(written.filter(unfailed));
      }
      expect(await device.store.outbox()).toEqual([]);
      for (const tab of device.tabs) {
        expect(tab.engine.outbox()).toEqual([]);
        // SYN-2: what lies before the page that it came back with is fetched when somebody looks at it.
        const stored = await tab.stored();
        expect(stored).toEqual(server.log.slice((stored[0]?.seq ?? 1) - 1));
      }
    }),
    { numRuns: 300 },
  );
});
