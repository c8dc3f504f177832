import type { AlertEvent, AlertFacts, AlertRuleName } from '@headframe/core/alert/event'
import type { AlertLevel } from '@headframe/core/alert/rules'
import type { Queryable } from '../transaction.js'

/** Things of one kind that one look takes, the newest. */
const MAX_EACH = 100

interface HappenedRow {
  readonly key: string
  readonly what: string
  readonly at: Date
  readonly facts: AlertFacts
}

/** What has happened to a miner since: his blocks and the pool's, payouts, his best share, his settings. */
export async function listMinerHappened(
  db: Queryable,
  minerId: number,
  sinceMs: number,
): Promise<AlertEvent[]> {
  const since = new Date(sinceMs)
  const found = await Promise.all([
    happened(db, 'own-block', 'info', BLOCKS('w.miner_id = $2'), [since, minerId]),
    happened(db, 'pool-block', 'info', BLOCKS('w.miner_id <> $2'), [since, minerId]),
    happened(db, 'payout-planned', 'info', PAYOUTS.planned, [since, minerId]),
    happened(db, 'payout-sent', 'info', PAYOUTS.sent, [since, minerId]),
    happened(db, 'payout-confirmed', 'info', PAYOUTS.confirmed, [since, minerId]),
    happened(db, 'best-share', 'info', BEST_SHARE, [since, minerId]),
    happened(db, 'settings-changed', 'urgent', CHANGES, [since, minerId]),
  ])
  return found.flat()
}

/** Blocks of the pool, for the operators. */
export function listPoolHappened(db: Queryable, sinceMs: number): Promise<AlertEvent[]> {
  return happened(db, 'block', 'info', BLOCKS('$2::int IS NULL'), [new Date(sinceMs), null])
}

/** A block once when it was found, and once when the network did not keep it. */
const BLOCKS = (whose: string): string => `
  SELECT state.what || ':' || b.hash AS key, state.what, b.found_at AS at,
    jsonb_build_object('hash', b.hash, 'height', b.height, 'worker', w.name) AS facts
  FROM block b JOIN worker w ON w.id = b.finder_id
  CROSS JOIN LATERAL (VALUES ('found', true), ('stale', b.status = 'stale')) AS state (what, is_so)
  WHERE b.found_at > $1 AND ${whose} AND state.is_so ORDER BY b.found_at, state.what`

const PAYMENT = `jsonb_build_object('batchId', i.batch_id::text, 'sats', COALESCE(i.sent_sats, i.amount_sats)::text`
const PAYOUTS = {
  planned: `
    SELECT b.id::text AS key, 'planned' AS what, b.created_at AS at, ${PAYMENT}) AS facts
    FROM payout_item i JOIN payout_batch b ON b.id = i.batch_id
    WHERE b.created_at > $1 AND i.miner_id = $2 ORDER BY b.id`,
  sent: `
    SELECT b.id::text AS key, 'sent' AS what, v.sent_at AS at, ${PAYMENT}, 'txid', v.txid) AS facts
    FROM payout_item i JOIN payout_batch b ON b.id = i.batch_id
    JOIN LATERAL (SELECT txid, sent_at FROM payout_version p WHERE p.batch_id = b.id AND p.sent_at IS NOT NULL
                  ORDER BY p.number LIMIT 1) AS v ON true
    WHERE v.sent_at > $1 AND i.miner_id = $2 ORDER BY b.id`,
  // It may take days on its way: it happened when it was given its place, which the event names.
  confirmed: `
    SELECT b.id::text AS key, 'confirmed' AS what, placed.at,
      ${PAYMENT}, 'txid', v.txid, 'height', b.placed_height) AS facts
    FROM payout_item i JOIN payout_batch b ON b.id = i.batch_id
    JOIN payout_version v ON v.batch_id = b.id AND v.number = b.placed_version
    JOIN LATERAL (SELECT max(at) AS at FROM payout_event e
                  WHERE e.batch_id = b.id AND strpos(e.detail, b.placed_block_hash) > 0) AS placed ON true
    WHERE placed.at > $1 AND i.miner_id = $2 AND b.state IN ('confirmed', 'settled') ORDER BY b.id`,
}

/** Of all his workers; who has found none before the look began is told of the first, too. */
const BEST_SHARE = `
  SELECT s.hash AS key, 'found' AS what, s.accepted_at AS at,
    jsonb_build_object('difficulty', s.difficulty, 'worker', w.name) AS facts
  FROM best_share s JOIN worker w ON w.id = s.worker_id
  WHERE w.miner_id = $2 AND s.period = 'ever' AND s.accepted_at > $1
    AND s.difficulty = (SELECT max(difficulty) FROM best_share o JOIN worker v ON v.id = o.worker_id
                        WHERE v.miner_id = $2 AND o.period = 'ever')
  LIMIT 1`

const CHANGES = `
  SELECT id::text AS key, what, at, jsonb_build_object('setting', what, 'after', after, 'author', author) AS facts
  FROM account_change WHERE miner_id = $2 AND at > $1 AND what <> 'session-ended' ORDER BY id`

async function happened(
  db: Queryable,
  rule: AlertRuleName,
  level: AlertLevel,
  sql: string,
  values: readonly unknown[],
): Promise<AlertEvent[]> {
  const { rows } = await db.query<HappenedRow>(sql, [...values])
  return rows.slice(-MAX_EACH).map(({ key, what, at, facts }) => ({
    rule,
    key: `${rule}:${key}`,
    level,
    atMs: at.getTime(),
    what,
    facts,
  }))
}
