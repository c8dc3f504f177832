export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** A cookie and not local storage: the server writes the theme into the page, so that it never flashes. */
export const THEME_COOKIE = 'headframe-theme'

export function themeOf(text: string | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? 'system'
}
