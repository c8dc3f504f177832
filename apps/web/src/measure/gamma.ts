/** From this shape on the normal approximation of a cube root is good to four digits, and cheaper. */
const APPROXIMATE_FROM = 100
const TERMS = 10_000
const PRECISION = 1e-12
/** A normal variate is never further from its mean, as far as doubles tell. */
const FARTHEST = 9

/**
 * Regularised lower incomplete gamma function: the chance that the sum of `shape` waits, each 1 on average, is at most
 * `x`; for a whole shape the chance that at least so many events come where `x` are expected.
 */
export function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0
  const scale = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  return x < shape + 1 ? scale * lowerSeries(shape, x) : 1 - scale * upperFraction(shape, x)
}

/** Below which a gamma variate of this shape and scale 1 falls with `probability`. */
export function gammaQuantile(shape: number, probability: number): number {
  if (shape <= 0 || probability <= 0) return 0
  if (shape >= APPROXIMATE_FROM) return cubedNormal(shape, probability)
  let low = 0
  let high = shape + 10 * Math.sqrt(shape) + 20
  while (high - low > high * PRECISION) {
    const middle = (low + high) / 2
    if (gammaCdf(shape, middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = 1; n < TERMS && term > sum * PRECISION; n++) sum += term *= x / (shape + n)
  return sum
}

/** By Lentz's way of working out a continued fraction. */
function upperFraction(shape: number, x: number): number {
  const tiny = Number.MIN_VALUE / PRECISION
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let value = d
  for (let n = 1; n < TERMS; n++) {
    const a = -n * (n - shape)
    b += 2
    d = 1 / nonZero(a * d + b, tiny)
    c = nonZero(b + a / c, tiny)
    value *= d * c
    if (Math.abs(d * c - 1) < PRECISION) break
  }
  return value
}

const nonZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)

/** Stirling's series, from where it converges quickly on. */
function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 10; at++) shift += Math.log(at)
  const inverse = 1 / (at * at)
  const series = (1 / 12 - inverse * (1 / 360 - inverse / 1_260)) / at
  return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - shift
}

/** Wilson and Hilferty: the cube root of a gamma variate is nearly normal. */
function cubedNormal(shape: number, probability: number): number {
  const spread = 1 / (9 * shape)
  return shape * (1 - spread + normalQuantile(probability) * Math.sqrt(spread)) ** 3
}

/** The same few are asked for again and again. */
const normalQuantiles = new Map<number, number>()
const MAX_QUANTILES = 16

function normalQuantile(probability: number): number {
  let found = normalQuantiles.get(probability)
  if (found === undefined) {
    found = findNormalQuantile(probability)
    if (normalQuantiles.size < MAX_QUANTILES) normalQuantiles.set(probability, found)
  }
  return found
}

/** By halving. */
function findNormalQuantile(probability: number): number {
  let low = -FARTHEST
  let high = FARTHEST
  while (high - low > 1e-10) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The square of a normal variate is a gamma variate of shape 1/2, doubled. */
function normalCdf(z: number): number {
  const inside = gammaCdf(0.5, (z * z) / 2)
  return z < 0 ? (1 - inside) / 2 : (1 + inside) / 2
}
