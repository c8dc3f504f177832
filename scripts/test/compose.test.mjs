import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

/** They are below the image's DATA_DIR, on a volume. */
const SET_BY_THE_IMAGE = ['DATA_DIR', 'PUBLIC_LOG_KEY_FILE', 'ALERT_KEY_FILE']

test('with Docker, every setting reaches the container that reads it', () => {
  const settings = [...read('.env.example').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name)
  const compose = read('docker-compose.yml')
  const passed = new Set([...compose.matchAll(/^\s+([A-Z][A-Z0-9_]+):/gm)].map(([, name]) => name))
  expect(settings.length).toBeGreaterThan(50)
  expect(settings.filter((name) => !passed.has(name) && !SET_BY_THE_IMAGE.includes(name))).toEqual([])
})
