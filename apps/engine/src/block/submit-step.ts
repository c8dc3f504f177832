/** What has just happened to a block; a test ends the process at each. */
export type SubmitStep = 'found' | 'recorded' | 'kept' | 'sent' | 'answered' | 'answer-kept' | 'whole'

export type OnSubmitStep = (step: SubmitStep) => void
