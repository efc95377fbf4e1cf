import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SigningKey {
  kid: string
  privateKey: KeyObject
  publicPem: string
  jwk: JsonWebKey & { kid: string; use: 'sig'; alg: 'RS256' }
}

export type Claims = Record<string, unknown>

/** The key that signs identity and push tokens; kept in the data folder, so that tokens outlive a restart. */
export function signingKey(dataDir?: string, given?: string): SigningKey {
  const path = dataDir ? join(dataDir, 'signing-key.pem') : undefined
  const pem = path && existsSync(path) ? readFileSync(path) : given
  const privateKey = pem ? createPrivateKey(pem) : newKey()
  if (path && !existsSync(path))
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  const publicKey = createPublicKey(privateKey)
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const kid = createHash('sha1').update(publicPem).digest('hex')
  return { kid, privateKey, publicPem, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } }
}

export function sign(key: SigningKey, claims: Claims): string {
  const content = `${encode({ alg: 'RS256', kid: key.kid, typ: 'JWT' })}.${encode(claims)}`
  return `${content}.${createSign('RSA-SHA256').update(content).sign(key.privateKey, 'base64url')}`
}

/** Claims of a token whose RS256 signature holds, else undefined. */
export function verified(token: string, publicPem: string): Claims | undefined {
  const claims = claimsOf(token)
  const [header, payload, signature] = token.split('.')
  if (!claims || headerOf(token)?.alg !== 'RS256') return undefined
  const good = createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(publicPem, signature ?? '', 'base64url')
  return good ? claims : undefined
}

export const claimsOf = (token: string) => decode(token.split('.')[1])

const headerOf = (token: string) => decode(token.split('.')[0])

function decode(part = ''): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
