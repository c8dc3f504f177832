import { router } from '../../trpc'
import { addRule } from './add-rule'
import { changeRule } from './change-rule'
import { removeRule } from './remove-rule'
import { rules } from './rules'

/** What an operator may change of client profiles: who gets which. */
export const consoleProfilesRouter = router({ rules, addRule, changeRule, removeRule })
