import { router } from '../trpc'
import { challenge } from './account/challenge'
import { history } from './account/history'
import { overview } from './account/overview'
import { askPayoutAddress, cancelPayoutAddress, changePayoutAddress } from './account/payout-address'
import { dropViewKey, renewViewKey, setListing } from './account/privacy'
import { endSession, endSessions, sessions } from './account/sessions'
import { setThreshold } from './account/set-threshold'
import { setWorker, workers as ownWorkers } from './account/workers'
import { alertsRouter } from './alerts/router'
import { earnings as blockEarnings } from './blocks/earnings'
import { coinbase } from './blocks/coinbase'
import { list } from './blocks/list'
import { one } from './blocks/one'
import { proof } from './blocks/proof'
import { actions } from './console/actions'
import { me } from './console/me'
import { consoleAccountRouter } from './console-account/router'
import { consolePayoutsRouter } from './console-payouts/router'
import { consoleProfilesRouter } from './console-profiles/router'
import { ban } from './console-bans/ban'
import { lift } from './console-bans/lift'
import { list as listBans } from './console-bans/list'
import { list as listAllMiners } from './console-miners/list'
import { one as oneMiner } from './console-miners/one'
import { change as changeSetting } from './console-settings/change'
import { list as listSettings } from './console-settings/list'
import { reset as resetSetting } from './console-settings/reset'
import { disconnect } from './console-sessions/disconnect'
import { list as listSessions } from './console-sessions/list'
import { consoleSystemRouter } from './console-system/router'
import { changes } from './live/changes'
import { connections } from './miner/connections'
import { balance } from './miner/balance'
import { daily } from './miner/daily'
import { earnings } from './miner/earnings'
import { shareEarnings } from './miner/share-earnings'
import { hashrate as minerHashrate } from './miner/hashrate'
import { payouts } from './miner/payouts'
import { summary as minerSummary } from './miner/summary'
import { workers } from './miner/workers'
import { operatorAlertsRouter } from './operator-alerts/router'
import { create as createOperatorToken } from './operator-token/create'
import { list as listOperatorTokens } from './operator-token/list'
import { revoke as revokeOperatorToken } from './operator-token/revoke'
import { list as listPayouts } from './payouts/list'
import { announcement } from './pool/announcement'
import { bestShares } from './pool/best-shares'
import { connect } from './pool/connect'
import { hashrate as poolHashrate } from './pool/hashrate'
import { luck } from './pool/luck'
import { miners } from './pool/miners'
import { parts } from './pool/parts'
import { refusals } from './pool/refusals'
import { status } from './pool/status'
import { summary as poolSummary } from './pool/summary'
import { tips } from './pool/tips'
import { find } from './search/find'
import { create as createToken } from './token/create'
import { list as listTokens } from './token/list'
import { revoke as revokeToken } from './token/revoke'
import { hashrate as workerHashrate } from './worker/hashrate'
import { summary as workerSummary } from './worker/summary'
import { timeline } from './worker/timeline'

/** The whole API. */
export const appRouter = router({
  pool: router({
    summary: poolSummary,
    hashrate: poolHashrate,
    miners,
    connect,
    status,
    luck,
    tips,
    bestShares,
    parts,
    refusals,
    announcement,
  }),
  miner: router({
    summary: minerSummary,
    hashrate: minerHashrate,
    workers,
    balance,
    earnings,
    shareEarnings,
    payouts,
    daily,
    connections,
  }),
  worker: router({ summary: workerSummary, hashrate: workerHashrate, timeline }),
  blocks: router({ list, one, coinbase, earnings: blockEarnings, proof }),
  payouts: router({ list: listPayouts }),
  search: router({ find }),
  account: router({
    ...{ challenge, overview, history, sessions, endSession, endSessions, setThreshold },
    ...{ askPayoutAddress, changePayoutAddress, cancelPayoutAddress, setListing, renewViewKey, dropViewKey },
    ...{ workers: ownWorkers, setWorker },
  }),
  alerts: alertsRouter,
  operatorAlerts: operatorAlertsRouter,
  live: router({ changes }),
  token: router({ list: listTokens, create: createToken, revoke: revokeToken }),
  operatorToken: router({
    list: listOperatorTokens,
    create: createOperatorToken,
    revoke: revokeOperatorToken,
  }),
  consoleAccount: consoleAccountRouter,
  console: router({ me, actions }),
  consoleSystem: consoleSystemRouter,
  consoleMiners: router({ list: listAllMiners, one: oneMiner }),
  consoleBans: router({ list: listBans, ban, lift }),
  consoleProfiles: consoleProfilesRouter,
  consoleSettings: router({ list: listSettings, change: changeSetting, reset: resetSetting }),
  consoleSessions: router({ list: listSessions, disconnect }),
  consolePayouts: consolePayoutsRouter,
})

export type AppRouter = typeof appRouter
