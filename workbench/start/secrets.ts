import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export interface Secrets {
  masterKey: string
  clientSecret: string
  refreshToken: string
  shopAppSecret: string
}

/** Made once and kept readable for its owner alone; without the master key the data cannot be read again. */
export function secretsIn(path: string): Secrets {
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>) : {}
  const secrets: Secrets = { ...made(), ...kept }
  writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}

/** Data of an older version lack the newer ones. */
const made = (): Secrets => ({
  masterKey: randomBytes(32).toString('base64'),
  clientSecret: randomBytes(24).toString('base64url'),
  refreshToken: `1//0${randomBytes(40).toString('base64url')}`,
  shopAppSecret: randomBytes(24).toString('base64url'),
})
