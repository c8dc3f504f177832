import { RUN_TIME_SETTING_NAMES } from '@headframe/core/settings/run-time-setting'
import { z } from 'zod'

export const settingName = z
  .enum(RUN_TIME_SETTING_NAMES)
  .describe('One of those that may change at run time.')

export const subjectOf = ({ name }: { readonly name: string }): string => `setting ${name}`
