/**
 * What part of a histogram's observations is at most `atMost`, which has to be one of its bounds, over all labels;
 * from 0 to 1. `text`: metrics as Prometheus reads them.
 */
export function partWithin(text: string, name: string, atMost: number): number {
  const sum = (bound: string): number =>
    [...text.matchAll(new RegExp(`^${name}_bucket\\{(?:[^}]*,)?le="${bound}"[^}]*\\} (\\d+)$`, 'gm'))].reduce(
      (total, [, count]) => total + Number(count),
      0,
    )
  const all = sum('\\+Inf')
  if (all === 0) throw new Error(`nothing was observed as ${name}`)
  return sum(String(atMost)) / all
}
