import type { OperatorRole } from '@headframe/db/operator/operator'
import type { Scope } from '../viewer'

/** What an operator's session may call. */
export const SCOPES_OF_ROLE: Readonly<Record<OperatorRole, readonly Scope[]>> = {
  viewer: ['operator:read'],
  operator: ['operator:read', 'operator:write'],
  payouts: ['operator:read', 'operator:write'],
  admin: ['operator:read', 'operator:write'],
}

export interface ActionRule {
  /** What it is, as a button says it. */
  readonly title: string
  readonly roles: readonly OperatorRole[]
  /** It cannot be taken back, or moves money: it takes a second factor that was shown minutes ago. */
  readonly isDangerous: boolean
}

const ANY_WRITER: readonly OperatorRole[] = ['operator', 'payouts', 'admin']
const EVERYBODY: readonly OperatorRole[] = ['viewer', 'operator', 'payouts', 'admin']
const RUNNERS: readonly OperatorRole[] = ['operator', 'admin']
const PAYERS: readonly OperatorRole[] = ['payouts', 'admin']

/**
 * All that can be done on the console, and by whom: the one table of it. Each is done by an `actionProcedure` of that
 * name, which refuses whoever has not the role, and records all of it.
 */
export const ACTIONS = {
  // To stop is never dangerous, and whoever is awake may.
  'payouts.pause': { title: 'Pause payouts', roles: ANY_WRITER, isDangerous: false },
  'payouts.resume': { title: 'Resume payouts', roles: PAYERS, isDangerous: true },
  'payouts.plan': { title: 'Plan payouts now', roles: PAYERS, isDangerous: false },
  'payouts.approve': { title: 'Approve', roles: PAYERS, isDangerous: true },
  'payouts.bump': { title: 'Raise the fee', roles: PAYERS, isDangerous: true },
  'payouts.cancel': { title: 'Cancel', roles: PAYERS, isDangerous: true },
  'payouts.export': { title: 'Export for signing', roles: PAYERS, isDangerous: true },
  'payouts.import': { title: 'Import signatures', roles: PAYERS, isDangerous: true },
  'payouts.retry': { title: 'Try again now', roles: PAYERS, isDangerous: true },
  // Changes nothing, but a wallet is asked for all that it has ever sent.
  'payouts.reconcile': { title: 'Reconcile', roles: ANY_WRITER, isDangerous: true },
  'payouts.declare': { title: 'Declare a transaction', roles: PAYERS, isDangerous: true },
  'payouts.set-approval-above': { title: 'Change what needs approval', roles: PAYERS, isDangerous: true },
  // Who is told of what, of all operators.
  'alerts.add-channel': { title: 'Add a channel of alerts', roles: ANY_WRITER, isDangerous: false },
  'alerts.change-channel': { title: 'Change a channel of alerts', roles: ANY_WRITER, isDangerous: false },
  'alerts.remove-channel': { title: 'Remove a channel of alerts', roles: ANY_WRITER, isDangerous: false },
  'alerts.verify-channel': { title: 'Confirm a channel of alerts', roles: ANY_WRITER, isDangerous: false },
  'alerts.send-code': { title: 'Have a code sent to a channel', roles: ANY_WRITER, isDangerous: false },
  'alerts.send-test': { title: 'Have a test message sent', roles: ANY_WRITER, isDangerous: false },
  'alerts.replay': { title: 'Send an alert again', roles: ANY_WRITER, isDangerous: false },
  'alerts.save-rule': { title: 'Choose what to be told of', roles: ANY_WRITER, isDangerous: false },
  'alerts.save-wishes': { title: 'Choose when to be told', roles: ANY_WRITER, isDangerous: false },
  // Miners who disturb others. A ban is an operator's word against whoever it shuts out, and can be taken back.
  'sessions.disconnect': { title: 'Disconnect', roles: ANY_WRITER, isDangerous: false },
  'bans.ban': { title: 'Ban an address', roles: ANY_WRITER, isDangerous: false },
  'bans.lift': { title: 'Lift the ban', roles: ANY_WRITER, isDangerous: false },
  // What miners read, and what is asked of them.
  'settings.change': { title: 'Change', roles: RUNNERS, isDangerous: true },
  'settings.reset': { title: 'Back to the environment', roles: RUNNERS, isDangerous: false },
  // What a kind of client is sent: by a wrong word its miners mine for nothing, or not at all.
  'profiles.add-rule': { title: 'Add a rule', roles: RUNNERS, isDangerous: true },
  'profiles.change-rule': { title: 'Change the rule', roles: RUNNERS, isDangerous: true },
  'profiles.remove-rule': { title: 'Remove the rule', roles: RUNNERS, isDangerous: false },
  // A run does what the next one would do anyway.
  'tasks.run': { title: 'Run now', roles: ANY_WRITER, isDangerous: false },
  // Each his own, with no more than he has.
  'tokens.create': { title: 'Make a token', roles: EVERYBODY, isDangerous: true },
  'tokens.revoke': { title: 'Revoke a token', roles: EVERYBODY, isDangerous: false },
  'account.end-session': { title: 'Sign that browser out', roles: EVERYBODY, isDangerous: false },
  'account.end-other-sessions': { title: 'Sign all others out', roles: EVERYBODY, isDangerous: false },
  'account.change-password': { title: 'Change your password', roles: EVERYBODY, isDangerous: true },
  'account.renew-recovery-codes': { title: 'Make new recovery codes', roles: EVERYBODY, isDangerous: true },
  'account.add-passkey': { title: 'Add a passkey', roles: EVERYBODY, isDangerous: true },
  'account.remove-passkey': { title: 'Remove the passkey', roles: EVERYBODY, isDangerous: true },
  'account.add-one-time-codes': { title: 'Set up one-time codes', roles: EVERYBODY, isDangerous: true },
  'account.remove-one-time-codes': { title: 'Remove one-time codes', roles: EVERYBODY, isDangerous: true },
} as const satisfies Readonly<Record<string, ActionRule>>

export type ActionName = keyof typeof ACTIONS

export const mayDo = (role: OperatorRole, action: ActionName): boolean => ACTIONS[action].roles.includes(role)
