import fc from 'fast-check'

/** How long one property may take in all tests, ms: a machine that is busy tries less of it. */
const MAX_MS = 20_000
const SEED = 19_740_119
/** Beyond it: for the story that is under way, and to make what was found shorter. */
const SLACK_MS = 30_000

/** `npm run fuzz` sets both: seconds for each property, and where chance begins. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 0)
const seed = Number(process.env['FUZZ_SEED'] ?? SEED)
const isLong = seconds > 0
const limitMs = isLong ? seconds * 1_000 : MAX_MS

/** Of a test with one property. */
export const TIMEOUT_MS = limitMs + SLACK_MS

/** So many runs from a fixed seed, so that all tests say the same today and tomorrow; or what the command asks for. */
export function budgetOf<T>(runs: number): fc.Parameters<T> {
  const numRuns = isLong ? Number.MAX_SAFE_INTEGER : runs
  const limit = fc.interruptAfterTimeLimit(limitMs) as fc.Plugin<T>
  // Short and simple stories are not the ones that show something.
  const long = fc.unbiased() as fc.Plugin<T>
  return { seed, numRuns, plugins: [limit, long] }
}
