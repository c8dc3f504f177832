const PREFIXES = ['', 'k', 'M', 'G', 'T']
const STEP = 1000

/** `19.8 kH/s`. */
export function formatHashrate(hashesPerSecond: number): string {
  let value = hashesPerSecond
  let prefix = 0
  while (value >= STEP && prefix < PREFIXES.length - 1) {
    value /= STEP
    prefix++
  }
  return `${value.toFixed(value < 100 ? 1 : 0)} ${PREFIXES[prefix] ?? ''}H/s`
}

/** Hashes a second from `20k`, `1.5M` or `800`; undefined when it is no such text or not above 0. */
export function parseHashrate(text: string): number | undefined {
  const [, digits, prefix] = /^(\d{1,15}(?:\.\d{1,6})?) ?([kmgt]?)(?:h(?:\/s)?)?$/i.exec(text.trim()) ?? []
  if (digits === undefined) return undefined
  const exponent = PREFIXES.findIndex((known) => known.toLowerCase() === (prefix ?? '').toLowerCase())
  const hashrate = Number(digits) * STEP ** exponent
  return hashrate > 0 ? hashrate : undefined
}
