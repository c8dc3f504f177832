import { createHash, randomBytes } from 'node:crypto'

/** 256 bits. */
const SECRET_BYTES = 32

export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url')

/** What the database has of a secret: none can be made of it. */
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
