/** What people do at the busiest time of the day; all of it is assumed, and can be given. */
export interface Demand {
  /** Devices that are connected at the same time. */
  online: number;
  /** Messages that each of them sends in an hour. */
  messagesPerHour: number;
  /** Part of these that go to groups, 0 to 1. */
  groupShare: number;
  /** Members of such a group that are online. */
  groupOnline: number;
  /** How often a device's connection is lost in an hour. */
  reconnectsPerHour: number;
  /** Part of those that come back too late, or elsewhere, to go on with their session, 0 to 1. */
  signInShare: number;
  /** Messages of a whole day, by those of the busiest hour. */
  dayHours: number;
}

export const ASSUMED: Omit<Demand, 'online'> = {
  messagesPerHour: 6,
  groupShare: 0.4,
  groupOnline: 20,
  reconnectsPerHour: 3,
  signInShare: 0.25,
  dayHours: 10,
};

/** In each second of the busiest hour. */
export interface Rates {
  direct: number;
  groupMessages: number;
  deliveries: number;
  signIns: number;
  resumes: number;
}

const SECONDS_PER_HOUR = 3_600;

export function ratesOf(demand: Demand): Rates {
  const messages = (demand.online * demand.messagesPerHour) / SECONDS_PER_HOUR;
  const reconnects = (demand.online * demand.reconnectsPerHour) / SECONDS_PER_HOUR;
  const groupMessages = messages * demand.groupShare;
  return {
    direct: messages - groupMessages,
    groupMessages,
    deliveries: groupMessages * demand.groupOnline,
    signIns: reconnects * demand.signInShare,
    resumes: reconnects * (1 - demand.signInShare),
  };
}
