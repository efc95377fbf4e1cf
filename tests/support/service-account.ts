import { createPublicKey } from 'node:crypto'
import { GMAIL_SCOPES } from '../../backend/clients/gmail/index.ts'
import { googleKey } from './google-key.ts'

/** A robot that the organisation lets read the mail of all its people (domain-wide delegation). */
export const robot = (scopes: string[] = GMAIL_SCOPES) => ({
  email: 'robot@fern.iam.example',
  clientId: 'robot-client',
  publicKey: createPublicKey(googleKey() ?? '')
    .export({ type: 'spki', format: 'pem' })
    .toString(),
  scopes,
})

/** Its JSON key, as Google hands it out. */
export const robotKey = (): string =>
  JSON.stringify({ type: 'service_account', client_email: 'robot@fern.iam.example', private_key: googleKey() ?? '' })
