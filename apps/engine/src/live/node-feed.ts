import type { LiveEvent, LiveKeys, LiveNode, LiveTips } from '@headframe/core/live/live-feed'
import type { LiveWork } from '@headframe/core/live/live-system'
import type { Redis } from 'ioredis'

/** A report that was not renewed for this long says nothing any more. */
const REPORT_EXPIRES_AFTER_MS = 30_000
/** How fast tips were brought to miners is worth a look for a week. */
const TIPS_EXPIRE_AFTER_MS = 7 * 86_400_000
/** The newest jobs are told again with each report of the nodes; what is older says what miners had when it ended. */
const WORK_EXPIRES_AFTER_MS = 86_400_000

/** What the primary tells of the node and of blocks. What cannot be sent is dropped. */
export class NodeFeed {
  readonly #redis: Redis
  readonly #keys: LiveKeys

  constructor(redis: Redis, keys: LiveKeys) {
    this.#redis = redis
    this.#keys = keys
  }

  async report(report: LiveNode): Promise<void> {
    if (this.#redis.status !== 'ready') return
    await this.#redis
      .set(this.#keys.node, JSON.stringify(report), 'PX', REPORT_EXPIRES_AFTER_MS)
      .catch(() => undefined)
  }

  /**
   * Of what the pool has found out about itself; `key` is one of those of the live feed. Pages hear of it when it is
   * news.
   */
  async reportCheck(
    key: string,
    check: { readonly atMs: number },
    expiresAfterMs: number,
    isNews: boolean,
  ): Promise<void> {
    if (this.#redis.status !== 'ready') return
    await this.#redis.set(key, JSON.stringify(check), 'PX', expiresAfterMs).catch(() => undefined)
    if (isNews) await this.tell({ type: 'check', atMs: check.atMs })
  }

  /** Pages look at it with the tip itself, and are not told once more. */
  async reportTips(tips: LiveTips): Promise<void> {
    if (this.#redis.status !== 'ready') return
    await this.#redis
      .set(this.#keys.tips, JSON.stringify(tips), 'PX', TIPS_EXPIRE_AFTER_MS)
      .catch(() => undefined)
  }

  async reportWork(work: LiveWork): Promise<void> {
    if (this.#redis.status !== 'ready') return
    await this.#redis
      .set(this.#keys.work, JSON.stringify(work), 'PX', WORK_EXPIRES_AFTER_MS)
      .catch(() => undefined)
  }

  async tell(event: LiveEvent): Promise<void> {
    if (this.#redis.status !== 'ready') return
    await this.#redis.publish(this.#keys.events, JSON.stringify(event)).catch(() => undefined)
  }
}
