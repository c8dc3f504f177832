import { HIDDEN_WORKER } from '../worker/hidden-worker.js'

/**
 * How a miner is named to everybody, as SQL over the table `miner`: by his address, or by his pseudonym when he is not
 * listed. Lists that anybody may see name him by nothing else.
 */
export const SHOWN_NAME = 'CASE WHEN miner.is_unlisted THEN miner.pseudonym ELSE miner.address END'

/** The name of his worker beside it; none where he or it is hidden. */
export const SHOWN_WORKER = `CASE WHEN miner.is_unlisted OR ${HIDDEN_WORKER} THEN '' ELSE worker.name END`
