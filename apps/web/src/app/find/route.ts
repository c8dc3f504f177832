import { redirect } from 'next/navigation'
import { minerPath } from '../../my-miner/miner-path'

/** The search form without JavaScript. */
export function GET(request: Request): never {
  redirect(minerPath(new URL(request.url).searchParams.get('address') ?? '') ?? '/')
}
