'use client'

import { useSyncExternalStore } from 'react'

const KEY = 'headframe-my-miner'
const listeners = new Set<() => void>()

/** The miner this browser remembers; it stays in the browser. Undefined on the server and when there is none. */
export function useMyMiner(): string | undefined {
  return useSyncExternalStore(subscribe, read, () => undefined)
}

/** Remembers an address, or forgets with undefined. A browser that stores nothing simply forgets. */
export function rememberMyMiner(address: string | undefined): void {
  try {
    if (address === undefined) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, address)
  } catch {
    return
  }
  for (const listener of listeners) listener()
}

function read(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}

/** Other tabs tell by the storage event, this one by `listeners`. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}
