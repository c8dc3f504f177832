/** What of a port decides whether it fits. */
export interface PortTerms {
  readonly port: number
  readonly startDifficulty: number
  readonly sharesPerMinute: number
  readonly tls: boolean
  readonly proxy: boolean
}

const HASHES_PER_DIFFICULTY = 2 ** 32

/** The difficulty at which a machine sends a port's shares a minute. */
export function fittingDifficulty(hashesPerSecond: number, sharesPerMinute: number): number {
  return (hashesPerSecond * 60) / (sharesPerMinute * HASHES_PER_DIFFICULTY)
}

/**
 * The port that starts nearest to what a machine needs, as a ratio: the first of those that are alike. A port with TLS only
 * when there is no other. Undefined when there is no port at all.
 */
export function choosePort<Port extends PortTerms>(
  ports: readonly Port[],
  hashesPerSecond: number,
): Port | undefined {
  const plain = ports.filter(({ tls }) => !tls)
  let best: Port | undefined
  let bestDistance = Infinity
  for (const port of plain.length > 0 ? plain : ports) {
    const wanted = fittingDifficulty(hashesPerSecond, port.sharesPerMinute)
    const distance = Math.abs(Math.log(port.startDifficulty / wanted))
    if (distance < bestDistance) [best, bestDistance] = [port, distance]
  }
  return best
}
