import type { Topic } from '../server/live/topic'

/** What an event of the stream says. */
export interface News {
  readonly topics: readonly Topic[]
  readonly feed: 'live' | 'away'
}

export interface LiveListener {
  /** The stream stands. What came before was told to nobody. */
  readonly onOpen: () => void
  readonly onNews: (news: News) => void
  /** There is no stream; another will be tried. */
  readonly onBroken: () => void
}

const STREAM = '/api/v1/live'
/** The server says something every fifteen seconds. After so long without, the stream is broken, whatever the browser says. */
const SILENCE_MS = 30_000
/** After an answer that is no stream the browser does not try again by itself. It may say that there is no room. */
const REOPEN_MS = 5_000
const REOPEN_MAX_MS = 60_000

/** Follows the stream of what changes until the function that it returns is called. */
export function followLive({ onOpen, onNews, onBroken }: LiveListener): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let waitMs = REOPEN_MS
  const again = (afterMs: number): void => {
    source?.close()
    clearTimeout(timer)
    onBroken()
    timer = setTimeout(open, afterMs)
  }
  const heard = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => again(0), SILENCE_MS)
  }
  const open = (): void => {
    const opened = new EventSource(STREAM)
    source = opened
    heard()
    opened.addEventListener('open', () => {
      waitMs = REOPEN_MS
      heard()
      onOpen()
    })
    opened.addEventListener('ping', heard)
    opened.addEventListener('change', ({ data }: MessageEvent<string>) => {
      heard()
      onNews(JSON.parse(data) as News)
    })
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) {
        again(waitMs)
        waitMs = Math.min(2 * waitMs, REOPEN_MAX_MS)
        return
      }
      // It comes back by itself.
      onBroken()
    })
  }
  open()
  return () => {
    source?.close()
    clearTimeout(timer)
  }
}
