export interface RejectFacts {
  readonly accepted: number
  /** Reason -> count. */
  readonly rejects: Readonly<Record<string, number>>
}

export interface RejectVerdict {
  readonly state: 'bad' | 'good' | 'held'
  readonly rejected: number
  readonly total: number
  /** Of all, one decimal. */
  readonly percent: number
  /** The most frequent. */
  readonly reason: string
}

/** Whether too many shares were rejected; it is over when they are half as many. */
export function judgeRejects(
  { accepted, rejects }: RejectFacts,
  wanted: { readonly percent: number; readonly count: number },
): RejectVerdict {
  const [most] = Object.entries(rejects).sort(([, a], [, b]) => b - a)
  const rejected = Object.values(rejects).reduce((sum, count) => sum + count, 0)
  const total = accepted + rejected
  const percent = total === 0 ? 0 : (rejected / total) * 100
  const isBad = percent >= wanted.percent && rejected >= wanted.count
  const isGood = percent < wanted.percent / 2 || rejected < wanted.count / 2
  return {
    state: isBad ? 'bad' : isGood ? 'good' : 'held',
    rejected,
    total,
    percent: Math.round(percent * 10) / 10,
    reason: most?.[0] ?? '',
  }
}
