/** A short time: 0.42 ms, 7.3 ms, 412 ms, 3.2 s. */
export function formatMs(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`
  if (ms >= 100) return `${ms.toFixed(0)} ms`
  return `${ms.toFixed(ms >= 10 ? 1 : 2)} ms`
}
