import { MAX_TEXT_CHARS } from '@headframe/core/stratum/params/text'

/** Sessions of clients that call themselves the same and were given the same profile. */
export interface ClientKind {
  readonly userAgent: string
  /** Name of the profile, as it was when they subscribed. */
  readonly profile: string
  sessions: number
}

/** Names are what strangers send: so many are told apart, those that come later are counted together, a profile. */
export const MAX_KINDS = 500

/** Which clients have a session now, by what they call themselves. */
export class ClientCensus {
  readonly #kinds = new Map<string, ClientKind>()
  readonly #others = new Map<string, ClientKind>()

  /** A client has subscribed. What is returned is for `leave`. */
  join(profile: string, userAgent: string): ClientKind {
    const kind = this.#kindOf(profile, userAgent.slice(0, MAX_TEXT_CHARS))
    kind.sessions++
    return kind
  }

  leave(kind: ClientKind): void {
    kind.sessions--
    if (kind.sessions === 0) this.#kinds.delete(keyOf(kind.profile, kind.userAgent))
  }

  /** Those with most sessions first, at most so many; and the sessions of all that are not listed. */
  list(limit: number): { readonly clients: readonly ClientKind[]; readonly others: number } {
    const all = [...this.#kinds.values()].sort((a, b) => b.sessions - a.sessions)
    const others = [...all.slice(limit), ...this.#others.values()]
    return { clients: all.slice(0, limit), others: others.reduce((sum, { sessions }) => sum + sessions, 0) }
  }

  /** Sessions by the name of the profile. */
  byProfile(): Record<string, number> {
    const sums: Record<string, number> = {}
    for (const { profile, sessions } of [...this.#kinds.values(), ...this.#others.values()])
      sums[profile] = (sums[profile] ?? 0) + sessions
    return sums
  }

  #kindOf(profile: string, userAgent: string): ClientKind {
    const key = keyOf(profile, userAgent)
    const known = this.#kinds.get(key)
    if (known !== undefined) return known
    const isFull = this.#kinds.size >= MAX_KINDS
    const kinds = isFull ? this.#others : this.#kinds
    const place = isFull ? profile : key
    const kind = kinds.get(place) ?? { userAgent: isFull ? '' : userAgent, profile, sessions: 0 }
    kinds.set(place, kind)
    return kind
  }
}

/** A profile's name has no blank in it. */
const keyOf = (profile: string, userAgent: string): string => `${profile} ${userAgent}`
