import { type Conditions, calm } from '../faults/conditions.ts';

/** One kind of bad weather, for the whole of a run's first phase. A plan has some of them, each at most once. */
export type Weather =
  | { kind: 'slow-network'; latencyMsMax: number }
  | { kind: 'network-spikes'; spikeChance: number; spikeMsMax: number }
  | { kind: 'split-writes'; splitChance: number }
  | { kind: 'refused-connections'; refuseChance: number }
  | { kind: 'thin-network'; bytesPerSecond: number }
  | { kind: 'bus-drops'; dropChance: number }
  | { kind: 'bus-doubles'; duplicateChance: number }
  | { kind: 'bus-reorders'; delayChance: number; delayMsMax: number }
  | { kind: 'slow-broker'; brokerLatencyMsMax: number }
  | { kind: 'slow-store'; commitMsMax: number; readMsMax: number }
  | { kind: 'store-fails'; failChance: number }
  | { kind: 'store-in-doubt'; inDoubtChance: number }
  | { kind: 'store-stalls'; stallChance: number; stallMsMax: number }
  | { kind: 'slow-disks'; writeMsMax: number }
  | { kind: 'disks-fail'; diskFailChance: number }
  | { kind: 'disks-forget' };

/** What the weather makes of a good day. */
export function conditionsOf(weather: readonly Weather[]): Conditions {
  const { network, bus, broker, store, disk } = calm();
  for (const each of weather) {
    switch (each.kind) {
      case 'slow-network':
        network.latencyMsMax = each.latencyMsMax;
        break;
      case 'network-spikes':
        network.spikeChance = each.spikeChance;
        network.spikeMsMax = each.spikeMsMax;
        break;
      case 'split-writes':
        network.splitChance = each.splitChance;
        break;
      case 'refused-connections':
        network.refuseChance = each.refuseChance;
        break;
      case 'thin-network':
        network.bytesPerSecond = each.bytesPerSecond;
        break;
      case 'bus-drops':
        bus.dropChance = each.dropChance;
        break;
      case 'bus-doubles':
        bus.duplicateChance = each.duplicateChance;
        break;
      case 'bus-reorders':
        bus.delayChance = each.delayChance;
        bus.delayMsMax = each.delayMsMax;
        break;
      case 'slow-broker':
        broker.latencyMsMax = each.brokerLatencyMsMax;
        break;
      case 'slow-store':
        store.commitMsMax = each.commitMsMax;
        store.readMsMax = each.readMsMax;
        break;
      case 'store-fails':
        store.failChance = each.failChance;
        break;
      case 'store-in-doubt':
        store.inDoubtChance = each.inDoubtChance;
        break;
      case 'store-stalls':
        store.stallChance = each.stallChance;
        store.stallMsMax = each.stallMsMax;
        break;
      case 'slow-disks':
        disk.writeMsMax = each.writeMsMax;
        break;
      case 'disks-fail':
        disk.failChance = each.diskFailChance;
        break;
      case 'disks-forget':
        disk.forgets = true;
        break;
    }
  }
  return { network, bus, broker, store, disk };
}
