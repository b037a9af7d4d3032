import type { Clock } from '@hongyan/core';
import {
  type ConversationId,
  directConversationId,
  encodeContent,
  selfConversationId,
  type UserId,
} from '@hongyan/protocol';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { Trace } from '../trace.ts';
import type { SimulatedDevice } from './device.ts';
import type { Plan } from './plan.ts';

export interface WorkloadParts {
  clock: Clock;
  random: SeededRandom;
  trace: Trace;
  plan: Plan;
  devices: readonly SimulatedDevice[];
}

/** All conversations these accounts can have. */
function conversationsOf(userId: UserId, userIds: readonly UserId[]): ConversationId[] {
  return userIds.map((peer) => (peer === userId ? selfConversationId(userId) : directConversationId(userId, peer)));
}

/** What people do while the weather is bad: write, open conversations, lose the network, drop their phones. */
export function scheduleWorkload({ clock, random, trace, plan, devices }: WorkloadParts): void {
  const userIds = [...new Set(devices.map((device) => device.userId))];
  const someConversation = (userId: UserId) => random.pick(conversationsOf(userId, userIds));
  let written = 0;

  const act = (device: SimulatedDevice): void => {
    const conversationId = someConversation(device.userId);
    const dice = random.fraction();
    if (!device.isRunning) {
      trace.write(`${device.deviceId} starts`);
      device.start();
    } else if (dice < 0.55) {
      for (let left = random.chance(0.2) ? random.between(2, plan.burstMax) : 1; left > 0; left--) {
        written += 1;
        trace.write(`${device.deviceId} writes "message ${written}" in ${conversationId}`);
        const body = encodeContent({ kind: { case: 'text', value: { text: `message ${written}` } } });
        device.compose(conversationId, body);
      }
    } else if (dice < 0.62) {
      trace.write(`${device.deviceId} scrolls back in ${conversationId}`);
      device.scrollBack(conversationId);
    } else if (dice < 0.82) {
      trace.write(`${device.deviceId} opens ${conversationId}`);
      device.open(conversationId);
    } else if (dice < 0.88) {
      trace.write(`${device.deviceId} closes ${conversationId}`);
      device.close(conversationId);
    } else if (dice < 0.94) {
      trace.write(`${device.deviceId} ${device.hasNetwork ? 'loses' : 'finds'} the network`);
      device.setNetwork(!device.hasNetwork);
    } else {
      trace.write(`${device.deviceId} crashes`);
      device.crash();
    }
  };

  for (let action = 0; action < plan.actions; action++) {
    clock.schedule(random.between(0, plan.faultyMs), () => act(random.pick(devices)));
  }
}
