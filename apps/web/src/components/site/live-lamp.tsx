'use client'

import clsx from 'clsx'
import { useLiveState, type LiveState } from '../../live/live-provider'

const LAMPS: Readonly<Record<LiveState, { text: string; title: string; lamp: string }>> = {
  joining: { text: 'Connecting', title: 'The live stream is being opened', lamp: 'border-edge' },
  live: { text: 'Live', title: 'Numbers change as things happen', lamp: 'border-copper bg-copper' },
  polling: {
    text: 'Every 15 s',
    title: 'The live feed is away; this page asks again every 15 seconds',
    lamp: 'border-ochre bg-ochre',
  },
  broken: {
    text: 'Reconnecting',
    title: 'The connection to the pool is lost; trying again',
    lamp: 'border-oxide bg-oxide animate-breathe',
  },
}

/** Whether this page hears of changes. Its width stays the same in every state. */
export function LiveLamp() {
  const { text, title, lamp } = LAMPS[useLiveState()]
  return (
    <p
      role="status"
      title={title}
      className="text-quiet flex items-center justify-end gap-2 pr-1 sm:w-28 sm:pr-2 text-sm"
    >
      <span aria-hidden="true" className={clsx('size-2.5 shrink-0 rounded-full border', lamp)} />
      {text}
    </p>
  )
}
