import { createHash, randomBytes } from 'node:crypto'

const TOKEN_BYTES = 32

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url')
/** What the database has of a token, a link's code or a recovery code: none can be made of it. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()
