/**
 * Next runs this once, before it serves. No header that a client sends says for sure where it is, and Next hides the
 * socket: so each request is told whose socket it came by, as it comes in.
 */
export async function register(): Promise<void> {
  const { subscribe } = await import('node:diagnostics_channel')
  const { PEER_HEADER } = await import('./server/limit/peer')
  subscribe('http.server.request.start', (message) => {
    const { request } = message as {
      readonly request: {
        readonly headers: Record<string, string | string[] | undefined>
        readonly socket: { readonly remoteAddress?: string }
      }
    }
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? ''
  })
}
