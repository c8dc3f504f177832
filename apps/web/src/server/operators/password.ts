import { hash, verify } from '@node-rs/argon2'

/** Of the library's enum, which has no values at run time. */
const ARGON2ID = 2
/** argon2id (RFC 9106) at what OWASP asks for: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const MIN_PASSWORD_LENGTH = 12
/** More is no password, and costs work. */
export const MAX_PASSWORD_LENGTH = 200

export function hashPassword(password: string): Promise<string> {
  return hash(normalize(password), PARAMETERS)
}

/** The same work, and no, where there is nothing to compare with: nobody learns by it who has an account. */
export async function checkPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const isRight = await verify(
    passwordHash ?? (await decoy()),
    normalize(password.slice(0, MAX_PASSWORD_LENGTH)),
  )
  return isRight && passwordHash !== undefined
}

/** Why nobody should have this password; undefined when it will do. */
export function problemOfPassword(
  password: string,
  { name, email }: { name: string; email: string },
): string | undefined {
  if (password.length < MIN_PASSWORD_LENGTH)
    return `A password has at least ${MIN_PASSWORD_LENGTH} characters.`
  if (password.length > MAX_PASSWORD_LENGTH)
    return `A password has at most ${MAX_PASSWORD_LENGTH} characters.`
  if (new Set(password).size < MIN_DISTINCT) return 'That password is too easy to guess.'
  const folded = password.toLowerCase()
  if ([name, email.split('@')[0]!].some((own) => own.length >= MIN_OWN_LENGTH && folded.includes(own)))
    return 'A password does not contain your name.'
  return undefined
}

const MIN_DISTINCT = 5
const MIN_OWN_LENGTH = 4

/** Keyboards differ in how they make one character of two. */
const normalize = (password: string): string => password.normalize('NFKC')

let decoyHash: Promise<string> | undefined
const decoy = (): Promise<string> => (decoyHash ??= hashPassword('nobody has this password'))
