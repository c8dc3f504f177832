import type { Socket } from 'node:net'
import type { Introduction } from '../sessions/home-proof.js'
import type { Peer } from './v1/peer.js'

/** The door to the other processes of this host; `sessions/home.ts`. */
export interface HomeDoor {
  forward(
    stream: Socket,
    peer: Introduction & { readonly prefix: number; readonly received: Uint8Array },
  ): Promise<boolean>
}

/** What became of a peer that was to be handed over. */
export interface MoveHandlers {
  /** The peer is no more; its home is looked for. One of the two below follows. */
  readonly onLeft: (stream: Socket) => void
  /** It is served by its home, through this process, until its stream closes. */
  readonly onGone: (stream: Socket) => void
  /** Nobody is at home: it is to be served here, from these bytes on, as many of whose requests were answered. */
  readonly onBack: (stream: Socket, received: Buffer, answeredCount: number) => void
}

/**
 * Hands a peer to the process that its session lives in, with all that it has said. Runs behind the lines that were
 * read with its subscribe, whose answers must leave before.
 */
export function moveHome(peer: Peer, prefix: number, home: HomeDoor, handlers: MoveHandlers): void {
  const { connection, session } = peer
  connection.pause()
  setImmediate(() => {
    if (connection.isClosed) return
    const { remoteAddress, replyCount: answeredCount } = connection
    const preface = peer.takePreface()
    const { socket, unread } = connection.detach()
    handlers.onLeft(socket)
    const received = Buffer.concat([preface, unread])
    const portNumber = session.options.port.port
    void home
      .forward(socket, { prefix, remoteAddress, portNumber, answeredCount, received })
      .then((isHome) => {
        if (isHome) handlers.onGone(socket)
        else handlers.onBack(socket, received, answeredCount)
      })
  })
}
