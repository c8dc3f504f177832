/**
 * Bits of the version field that are free for miners to roll (BIP 320). A job has none of them set, although a node
 * may signal with one (regtest does, with bit 28): some miners send the bits of their header, others the difference
 * to the job's, and only where the job has zeros are the two the same.
 */
export const ROLLABLE_VERSION_BITS = 0x1fffe000
