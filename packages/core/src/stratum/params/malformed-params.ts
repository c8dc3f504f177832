/** Params of a known method that make no sense. `malformed` says what is wrong, in words for the peer. */
export interface MalformedParams {
  readonly malformed: string
}

export function isMalformed(params: object): params is MalformedParams {
  return 'malformed' in params
}
