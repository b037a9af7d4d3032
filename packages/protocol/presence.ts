import type { RecordKey } from './records.ts';

/** What a person chose to be shown as, while connected (PRS-3). */
export const presenceChoices = ['available', 'away', 'do-not-disturb', 'invisible'] as const;
export type PresenceChoice = (typeof presenceChoices)[number];

/** A choice, and until when it lasts (milliseconds since 1970, by the server's clock); undefined: until another one is made. */
export interface ChosenPresence {
  choice: PresenceChoice;
  untilMs: number | undefined;
}

/** To whom somebody's presence is shown (PRS-5). */
export const presenceAudiences = ['everyone', 'friends', 'nobody'] as const;
export type PresenceAudience = (typeof presenceAudiences)[number];

/** Account records that say how somebody is to be seen; each is a Setting. */
export const PRESENCE_KEY = { kind: 'setting', name: 'presence' } as const satisfies RecordKey;
export const PRESENCE_AUDIENCE_KEY = { kind: 'setting', name: 'presence-visible' } as const satisfies RecordKey;

/** How long somebody is shown as typing after it was said last (PRS-9). */
export const TYPING_LASTS_MS = 6_000;
/** How often a device says it again, */
export const TYPING_REPEAT_MS = 4_000;
/** and the least time between two that a server carries. */
export const TYPING_INTERVAL_MIN_MS = 3_000;

const isChoice = (text: string): text is PresenceChoice => presenceChoices.some((choice) => choice === text);
const isAudience = (text: string): text is PresenceAudience => presenceAudiences.some((audience) => audience === text);
const digits = /^[1-9]\d{0,15}$/;

/** A setting's value: the choice and, when it ends by itself, a space and when. */
export const presenceSetting = ({ choice, untilMs }: ChosenPresence): string =>
  untilMs === undefined ? choice : `${choice} ${untilMs}`;

/** What the value of the setting says; what cannot be read counts as none, and that is `available`. */
export function chosenPresence(setting: string): ChosenPresence {
  const [choice = '', until, ...rest] = setting.split(' ');
  const isReadable = isChoice(choice) && rest.length === 0 && (until === undefined || digits.test(until));
  if (!isReadable) return { choice: 'available', untilMs: undefined };
  return { choice, untilMs: until === undefined ? undefined : Number(until) };
}

/** The choice that counts now. */
export const choiceAt = ({ choice, untilMs }: ChosenPresence, nowMs: number): PresenceChoice =>
  untilMs !== undefined && untilMs <= nowMs ? 'available' : choice;

/** Without a setting everyone; what cannot be read is nobody, as it was meant to keep somebody out. */
export function presenceAudience(setting: string): PresenceAudience {
  if (setting === '') return 'everyone';
  return isAudience(setting) ? setting : 'nobody';
}
