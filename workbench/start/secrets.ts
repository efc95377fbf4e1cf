import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

export interface Secrets {
  masterKey: string
  clientSecret: string
  refreshToken: string
}

/** Made once and kept readable for its owner alone; without the master key the data cannot be read again. */
export function secretsIn(path: string): Secrets {
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as Secrets
  const secrets: Secrets = {
    masterKey: randomBytes(32).toString('base64'),
    clientSecret: randomBytes(24).toString('base64url'),
    refreshToken: `1//0${randomBytes(40).toString('base64url')}`,
  }
  writeFileSync(path, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}
