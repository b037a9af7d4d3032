import type { Clock } from '@hongyan/core';
import { encodeSetting, encodeText } from '@hongyan/protocol';
import type { ClusterFault, Deed, DeviceFault, Plan, ServerFault, Step } from '../plan/plan.ts';
import { inWords } from '../plan/words.ts';
import type { Trace } from '../trace.ts';
import type { SimulatedCluster } from './cluster.ts';
import { amend, change, pin, relate, say } from './deeds.ts';
import type { SimulatedDevice } from './device.ts';
import type { Tokens } from './tokens.ts';

export interface StepParts {
  clock: Clock;
  trace: Trace;
  plan: Plan;
  server: SimulatedCluster;
  device: (name: string) => SimulatedDevice | undefined;
  tokens: Tokens;
  /** Called when the disk has what a crash left on it. */
  onServerCrashed: () => void;
  flood: (step: Extract<Step, { kind: 'flood' }>) => void;
  found: (step: Extract<Step, { kind: 'found' }>) => void;
  pry: (step: Extract<Step, { kind: 'pry' }>) => void;
  /** A connection for somebody who is no device of the plan. */
  attack: (step: Extract<Step, { kind: 'attack' }>) => void;
}

/** Lets everything of the plan happen at its time. */
export function scheduleSteps(parts: StepParts): void {
  const { clock, trace, plan } = parts;
  for (const device of plan.devices) {
    if (device.startsAtMs > 0) clock.schedule(device.startsAtMs, () => parts.device(device.name)?.start());
  }
  for (const step of plan.steps) {
    clock.schedule(step.atMs, () => {
      trace.write(inWords(step));
      take(parts, step);
    });
  }
}

function take(parts: StepParts, step: Step): void {
  switch (step.kind) {
    case 'crash-server':
    case 'restart-server':
    case 'pause-server':
    case 'cut-all':
      disturbServer(parts, step);
      return;
    case 'broker-down':
    case 'cut-off-node':
    case 'fail-over':
      disturbCluster(parts, step);
      return;
    case 'attack':
      parts.attack(step);
      return;
    case 'flood':
      parts.flood(step);
      return;
    case 'found':
      parts.found(step);
      return;
    case 'pry':
      parts.pry(step);
      return;
    case 'write':
    case 'open':
    case 'close':
    case 'scroll-back':
    case 'mark-unread':
    case 'set-record':
    case 'clear':
    case 'restore':
    case 'look':
    case 'type':
    case 'rest':
    case 'say':
    case 'amend':
    case 'pin':
    case 'unpin':
    case 'change':
    case 'relate':
    case 'try-again': {
      const device = parts.device(step.device);
      if (device?.isAwake) act(device, step);
      return;
    }
    default: {
      const device = parts.device(step.device);
      if (device?.isRunning) disturbDevice(parts, device, step);
    }
  }
}

function act(device: SimulatedDevice, deed: Deed): void {
  switch (deed.kind) {
    case 'write':
      device.compose(deed.conversationId, encodeText(deed.text));
      return;
    case 'open':
      device.open(deed.conversationId);
      return;
    case 'close':
      device.close(deed.conversationId);
      return;
    case 'scroll-back':
      device.scrollBack(deed.conversationId);
      return;
    case 'mark-unread':
      device.markUnread(deed.conversationId);
      return;
    case 'clear':
      device.clear(deed.conversationId);
      return;
    case 'restore':
      device.restore(deed.conversationId);
      return;
    case 'set-record':
      device.setRecord(deed.key, encodeSetting({ value: deed.text }));
      return;
    case 'look':
      device.look(deed.conversationId);
      return;
    case 'type':
      device.type(deed.conversationId, deed.name);
      return;
    case 'rest':
      device.rest(deed.isIdle);
      return;
    case 'say':
      say(device, deed);
      return;
    case 'amend':
      amend(device, deed);
      return;
    case 'pin':
    case 'unpin':
      pin(device, deed);
      return;
    case 'change':
      change(device, deed);
      return;
    case 'relate':
      relate(device, deed);
      return;
    case 'try-again':
      device.tryAgain();
  }
}

function disturbDevice({ clock, server, tokens }: StepParts, device: SimulatedDevice, fault: DeviceFault): void {
  const links = () => server.links(device.name);
  switch (fault.kind) {
    case 'crash-device':
      device.crash();
      clock.schedule(fault.downMs, () => device.start());
      return;
    case 'lose-network':
      for (const link of links()) link.cut([]);
      device.setNetwork(false, fault.isTold);
      clock.schedule(fault.forMs, () => device.setNetwork(true, fault.isTold));
      return;
    case 'switch-network':
      for (const link of links()) link.cut([]);
      device.setNetwork(true, true);
      return;
    case 'sleep':
      device.sleep();
      clock.schedule(fault.forMs, () => device.wake());
      return;
    case 'move-clock':
      device.moveClock(fault.byMs);
      return;
    case 'cut':
      for (const link of links()) link.cut(fault.noticedBy);
      return;
    case 'half-open':
      for (const link of links()) link.stall(fault.side, fault.forMs);
      return;
    case 'expire-token':
      tokens.expire(device.storeId);
  }
}

function disturbServer({ clock, server, onServerCrashed }: StepParts, fault: ServerFault): void {
  if (fault.kind === 'cut-all') {
    for (const link of server.links()) link.cut(fault.noticedBy);
    return;
  }
  const node = server.node(fault.node);
  if (node === undefined) return;
  const startIn = (downMs: number) => clock.schedule(downMs, () => node.start());
  switch (fault.kind) {
    case 'crash-server': {
      const { point, isUnsaid, downMs } = fault;
      const crashed = () => {
        onServerCrashed();
        startIn(downMs);
      };
      node.crashAt({ point, isUnsaid, crashed });
      return;
    }
    case 'restart-server':
      void node.stop().then(() => startIn(fault.downMs));
      return;
    case 'pause-server':
      node.pause();
      clock.schedule(fault.forMs, () => node.resume());
  }
}

function disturbCluster({ server }: StepParts, fault: ClusterFault): void {
  switch (fault.kind) {
    case 'broker-down':
      server.brokerDown(fault.forMs);
      return;
    case 'cut-off-node':
      server.cutOff(fault.node, fault.forMs);
      return;
    case 'fail-over':
      server.failOver(fault.forMs);
  }
}
