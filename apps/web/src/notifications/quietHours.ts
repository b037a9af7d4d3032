/** A part of each day, in minutes since local midnight; where it ends before it begins it lasts over midnight. */
export interface QuietHours {
  fromMinute: number;
  untilMinute: number;
}

export const QUIET_HOURS_SETTING = 'quiet-hours';
/** What is offered first. */
export const USUAL_NIGHT: QuietHours = { fromMinute: 22 * 60, untilMinute: 7 * 60 };

const pattern = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Of a time as `22:30`; undefined when it is none. */
export function minuteOf(time: string): number | undefined {
  const [, hours, minutes] = pattern.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

export function timeOf(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** From the account's setting, as `22:00-07:00`; undefined where there are none, or nothing that can be read. */
export function quietHoursIn(setting: string | undefined): QuietHours | undefined {
  const [from = '', until = ''] = (setting ?? '').split('-');
  const [fromMinute, untilMinute] = [minuteOf(from), minuteOf(until)];
  return fromMinute === undefined || untilMinute === undefined ? undefined : { fromMinute, untilMinute };
}

export const quietHoursSetting = ({ fromMinute, untilMinute }: QuietHours): string =>
  `${timeOf(fromMinute)}-${timeOf(untilMinute)}`;

export function isQuiet(hours: QuietHours | undefined, now: Date): boolean {
  if (hours === undefined) return false;
  const minute = now.getHours() * 60 + now.getMinutes();
  const { fromMinute, untilMinute } = hours;
  return fromMinute <= untilMinute
    ? minute >= fromMinute && minute < untilMinute
    : minute >= fromMinute || minute < untilMinute;
}
