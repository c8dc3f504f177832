/**
 * Settings that may change while the pool runs: those that decide nothing about what was already promised or is paid. Each
 * is taken by the running engine within seconds; all others take a restart.
 */
export const RUN_TIME_SETTINGS = {
  STRATUM_MAX_CONNECTIONS: {
    form: { kind: 'integer', min: 0, max: 1_000_000_000 },
    title: 'Connections of the whole pool',
    about: 'Connections beyond it are refused; those that are open stay. 0: no limit.',
  },
  STRATUM_MAX_CONNECTIONS_PER_ADDRESS: {
    form: { kind: 'integer', min: 0, max: 1_000_000_000 },
    title: 'Connections from one network address',
    about: 'Connections beyond it are refused; those that are open stay. 0: no limit.',
  },
  STRATUM_BAN_MINUTES: {
    form: { kind: 'integer', min: 0, max: 10_080 },
    title: 'Length of a first ban, minutes',
    about: 'Of bans that the pool makes from now on. 0: it bans nobody; bans that hold go on.',
  },
  STRATUM_BAN_REJECT_PERCENT: {
    form: { kind: 'integer', min: 1, max: 100 },
    title: 'Rejects in a hundred that are too many',
    about: 'A connection that sends more of them is closed, an address is banned.',
  },
  SHARES_PER_MINUTE: {
    form: { kind: 'number', min: 1, max: 120 },
    title: 'Shares a minute that each miner should find',
    about:
      'Of all ports whose difficulty is not fixed, instead of their own. Miners are paid the same; fewer shares cost the pool less.',
  },
  MINER_MESSAGE: {
    form: { kind: 'text', maxLength: 200 },
    title: 'Message to miners',
    about:
      'Sent once to every miner that is connected, and to each that comes (client.show_message). Some firmware shows it.',
  },
  ANNOUNCEMENT: {
    form: { kind: 'text', maxLength: 500 },
    title: 'Announcement on the pages',
    about:
      'Everybody reads it on the status page and above the others, such as when the pool is being worked on.',
  },
} as const satisfies Readonly<Record<string, RunTimeRule>>

export type RunTimeSetting = keyof typeof RUN_TIME_SETTINGS
export const RUN_TIME_SETTING_NAMES = Object.keys(RUN_TIME_SETTINGS) as RunTimeSetting[]

export interface RunTimeRule {
  readonly form: SettingForm
  /** What it is, in a few words. */
  readonly title: string
  /** What follows from it. */
  readonly about: string
}

export type SettingForm =
  | { readonly kind: 'integer' | 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'text'; readonly maxLength: number }

/** What was set, by name, as text; what is not there goes by the environment. */
export type RunTimeValues = Readonly<Partial<Record<RunTimeSetting, string>>>

/** What is wrong with a value, in words for whoever typed it; undefined: nothing. */
export function problemOfValue(name: RunTimeSetting, text: string): string | undefined {
  const form: SettingForm = RUN_TIME_SETTINGS[name].form
  if (form.kind === 'text') {
    if (text.trim() === '') return 'Say something, or go back to the default.'
    if (text.length > form.maxLength) return `At most ${form.maxLength} letters.`
    return hasControlCharacter(text) ? 'One line of text.' : undefined
  }
  const { min, max, kind } = form
  const isForm = kind === 'integer' ? /^\d{1,10}$/ : /^\d{1,6}(\.\d{1,6})?$/
  const value = Number(text)
  if (isForm.test(text) && value >= min && value <= max) return undefined
  return `A ${kind === 'integer' ? 'whole ' : ''}number from ${min} to ${max}.`
}

/** Of what stands somewhere, what can be used: a name that is not known any more, or a value out of bounds, cannot. */
export function usableValues(stored: Readonly<Record<string, unknown>>): RunTimeValues {
  const usable: Partial<Record<RunTimeSetting, string>> = {}
  for (const name of RUN_TIME_SETTING_NAMES) {
    const text = Object.hasOwn(stored, name) ? stored[name] : undefined
    if (typeof text === 'string' && problemOfValue(name, text) === undefined) usable[name] = text
  }
  return usable
}

/** A number that was set; undefined where it was not. */
export function numberOf(values: RunTimeValues, name: RunTimeSetting): number | undefined {
  const text = values[name]
  return text === undefined ? undefined : Number(text)
}

function hasControlCharacter(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)
}
