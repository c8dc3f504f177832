/** When an owner wants to be left alone. Minutes of the day in his time zone; it may go over midnight. */
export interface QuietHours {
  readonly fromMinute: number
  readonly untilMinute: number
  /** IANA name, such as Europe/Vienna. */
  readonly timeZone: string
}

export const MINUTES_A_DAY = 1_440

/** Whether it is quiet at this moment. Without a length, never. */
export function isQuiet({ fromMinute, untilMinute, timeZone }: QuietHours, atMs: number): boolean {
  const minute = minuteOfDay(atMs, timeZone)
  return fromMinute <= untilMinute
    ? minute >= fromMinute && minute < untilMinute
    : minute >= fromMinute || minute < untilMinute
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // Offsets such as +02:00 have no summer time; nobody means them.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

function minuteOfDay(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const [hour, minute] = format.format(atMs).split(':').map(Number)
  return hour! * 60 + minute!
}

/** Writes moments for a person: `26 Nov 2026, 14:36 UTC`. To make one takes longer than to use it. */
export function momentFormat(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  return (atMs) => format.format(atMs)
}
