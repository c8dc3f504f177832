/** The host of a Host header without its port: pool.example, 192.168.1.5, [::1]. */
export function hostNameOf(hostHeader: string | null): string {
  return hostHeader === null ? 'localhost' : hostHeader.replace(/:\d+$/, '')
}
