/** Where things stand in a public log, below its URL or its folder. */
export const INDEX_PATH = 'index.json'

export const epochPath = (epoch: number): string => `epochs/${epoch}.json`
/** The published segments of an epoch, one behind the other; the epoch says how long each is. */
export const epochSharesPath = (epoch: number): string => `epochs/${epoch}.bin`
export const segmentPath = (position: number): string => `segments/${position}.bin`
export const auditPath = (blockHash: string): string => `blocks/${blockHash}.json`
/** FPPS credits of the stretch of segments that ends with this one. */
export const fppsPath = (endPosition: number): string => `fpps/${endPosition}.json`
export const proofPath = (blockHash: string, payee: string): string => `proofs/${blockHash}/${payee}.json`
