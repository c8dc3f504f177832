import type { Context } from './context'
import { readTokenViewer } from './token/token-viewer'
import { VISITOR, type Viewer } from './viewer'

/** Who asks, by the session or the token in the headers; a visitor when they have neither. */
export async function readViewer(context: Context, headers: Headers): Promise<Viewer> {
  return (await readTokenViewer(context, headers)) ?? VISITOR
}
