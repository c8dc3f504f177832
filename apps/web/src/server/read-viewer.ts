import { readAccountViewer } from './account/current'
import type { Context } from './context'
import { currentSession, viewerOf } from './operators/current'
import { readTokenViewer } from './token/token-viewer'
import { VISITOR, type Viewer } from './viewer'

/** Who asks, by the token or the session in the headers; a visitor when they have neither. */
export async function readViewer(context: Context, headers: Headers): Promise<Viewer> {
  const byToken = await readTokenViewer(context, headers)
  if (byToken !== undefined) return byToken
  return (
    viewerOf(await currentSession(context, headers)) ?? (await readAccountViewer(context, headers)) ?? VISITOR
  )
}
