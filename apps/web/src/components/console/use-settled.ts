'use client'

import { useEffect, useState } from 'react'

const SETTLED_AFTER_MS = 300

/** What somebody types, once he stops: a question a key would be many. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
