/** What a page asks for before anybody has chosen: the server fetches the same ahead. */
export const LAST_BLOCKS = 9
export const BLOCKS_PER_PAGE = 25
export const EARNINGS_PER_PAGE = 10
export const SHARE_EARNING_DAYS = 10
export const PAYOUTS_PER_PAGE = 25
export const MINER_PAYOUTS_PER_PAGE = 10
export const SPLIT_LINES_PER_PAGE = 50
export const ACTIONS_PER_PAGE = 50
export const HISTORY_PER_PAGE = 20
export const SESSIONS_PER_PAGE = 50
export const CONSOLE_MINERS_PER_PAGE = 50
