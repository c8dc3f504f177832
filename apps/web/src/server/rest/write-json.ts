/** An answer as JSON: see `sats` and `big` in `schema/values.ts`. */
export function writeJson(answer: unknown): string {
  return JSON.stringify(answer, (key, value: unknown) => {
    if (typeof value !== 'bigint') return value
    return key.endsWith('Sats') ? safeInteger(key, value) : String(value)
  })
}

function safeInteger(key: string, value: bigint): number {
  const number = Number(value)
  // All bitcoin there will ever be is 21e14.
  if (!Number.isSafeInteger(number)) throw new RangeError(`${key} is ${value}, and no amount of satoshis`)
  return number
}
