import { benchAbuse } from './abuse.js'
import type { Benchmark } from './benchmark.js'
import { benchBroadcast } from './broadcast.js'
import { benchBuildJobs } from './build-jobs.js'
import { benchConnectStorm } from './connect-storm.js'
import { benchMemory } from './memory.js'
import { benchJournalIngest } from './money/journal-ingest.js'
import { benchLedgerYear } from './money/ledger-year.js'
import { benchSettleWindow } from './money/settle-window.js'
import { benchNewTip } from './new-tip.js'
import { benchScale } from './scale.js'
import { benchSolo } from './solo.js'
import { benchSubmitBlock } from './submit-block.js'
import { benchSubmitShares } from './submit-shares.js'
import { benchTemplateChanges } from './template-changes.js'
import { benchValidateShare } from './validate-share.js'
import { benchVerify } from './verify.js'
import { benchWebApi } from './web/web-api.js'
import { benchWebLive } from './web/web-live.js'
import { benchWebPaint } from './web/web-paint.js'

/** In the order in which they run. */
export const BENCHMARKS: ReadonlyMap<string, Benchmark> = new Map<string, Benchmark>([
  ['validate-share', benchValidateShare],
  ['verify', benchVerify],
  ['build-jobs', benchBuildJobs],
  ['submit-shares', benchSubmitShares],
  ['scale', benchScale],
  ['new-tip', benchNewTip],
  ['template-changes', benchTemplateChanges],
  ['broadcast', benchBroadcast],
  ['solo', benchSolo],
  ['connect-storm', benchConnectStorm],
  ['abuse', benchAbuse],
  ['memory', benchMemory],
  ['submit-block', benchSubmitBlock],
  ['journal-ingest', benchJournalIngest],
  ['settle-window', benchSettleWindow],
  ['ledger-year', benchLedgerYear],
  ['web-api', benchWebApi],
  ['web-live', benchWebLive],
  ['web-paint', benchWebPaint],
])
