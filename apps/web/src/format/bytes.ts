import { scaleSi } from './si'

/** An amount of bytes in SI: 12.3 MB. */
export function formatBytes(bytes: number): string {
  const { value, prefix } = scaleSi(bytes)
  return `${value} ${prefix}B`
}
