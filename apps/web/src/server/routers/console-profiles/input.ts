import { PROFILE_NAME } from '@headframe/core/stratum/client-profile'
import { MAX_PATTERN_CHARS, problemOfPattern } from '@headframe/core/stratum/user-agent-pattern'
import { z } from 'zod'

export const rulePattern = z
  .string()
  .trim()
  .toLowerCase()
  .max(MAX_PATTERN_CHARS)
  .superRefine((pattern, context) => {
    const problem = problemOfPattern(pattern)
    if (problem !== null) context.addIssue({ code: 'custom', message: `The pattern ${problem}.` })
  })
  .describe('Of user agents: text, in upper or lower case, with an asterisk at its start, its end, or both.')

export const profileName = z
  .string()
  .regex(PROFILE_NAME)
  .describe('Of a profile that the stratum processes have; or "default".')

export const subjectOf = ({ pattern }: { readonly pattern: string }): string => `rule ${pattern}`
