'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { THEME_COOKIE, THEMES, type Theme } from './theme'

const COOKIE_MAX_AGE_SECONDS = 400 * 24 * 3600
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

/** Steps through system, light and dark. */
export function ThemeButton({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const Icon = ICONS[theme]
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'

  function step(): void {
    setTheme(next)
    applyTheme(next)
  }
  return (
    <button
      type="button"
      onClick={step}
      aria-label={`Theme: ${theme}. Switch to ${next}.`}
      title={`Theme: ${theme}`}
      className="text-quiet hover:text-ink hover:bg-line/60 inline-flex size-10 items-center justify-center rounded"
    >
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
    </button>
  )
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${COOKIE_MAX_AGE_SECONDS}; samesite=lax`
}
