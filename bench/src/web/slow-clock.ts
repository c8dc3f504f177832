/**
 * Loaded before a program, as `slow-clock.js?ms=N`: its clock is slow by so many milliseconds. To it a record that ended
 * then is as new as on the day it was made, so that it need not be made again.
 */
const slowMs = Number(new URL(import.meta.url).searchParams.get('ms'))
const now = Date.now.bind(Date)

Date.now = () => now() - slowMs
globalThis.Date = new Proxy(Date, {
  construct: (date, values: unknown[], created) =>
    Reflect.construct(date, values.length === 0 ? [Date.now()] : values, created) as Date,
})
