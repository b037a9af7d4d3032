import type { Order, Report } from '../run/orders.ts';
import { playCrowd } from './crowd.ts';
import { playDirect } from './direct.ts';
import { playEjabberd } from './ejabberd.ts';
import { playGreatGroup } from './great-group.ts';
import { playGroup } from './group.ts';
import { playIdle } from './idle.ts';
import { playPresence } from './presence.ts';
import { playStorm } from './storm.ts';
import { playWriting } from './writing.ts';

const report = (what: Report): void => void process.send?.(what);

process.once('message', (order: Order) => {
  play(order).catch((error: unknown) => {
    report({ name: 'failed', reason: error instanceof Error ? error.message : String(error) });
  });
});

function play(order: Order): Promise<void> {
  switch (order.scenario) {
    case 'direct':
      return playDirect(order, report);
    case 'ejabberd':
      return playEjabberd(order, report);
    case 'crowd':
      return playCrowd(order, report);
    case 'group':
      return playGroup(order, report);
    case 'great-group':
      return playGreatGroup(order, report);
    case 'idle':
      return playIdle(order, report);
    case 'presence':
      return playPresence(order, report);
    case 'storm':
      return playStorm(order, report);
    case 'writing':
      return playWriting(order, report);
  }
}
