import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A secret in the form of https://www.standardwebhooks.com: `whsec_` and base64. */
export const newWebhookSecret = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64')

/**
 * The headers that prove a message: HMAC-SHA-256 over id, seconds and body, one signature for each secret.
 * @param message.at when it is sent; receivers refuse what is more than minutes old
 * @param secrets the newest first; during a change of secrets the one before as well
 */
export function webhookHeaders(
  message: { id: string; at: Date; body: string },
  secrets: readonly string[],
): Record<string, string> {
  const seconds = String(Math.floor(message.at.getTime() / 1_000))
  return {
    'webhook-id': message.id,
    'webhook-timestamp': seconds,
    'webhook-signature': secrets
      .map((secret) => `v1,${signatureOf(secret, `${message.id}.${seconds}.${message.body}`)}`)
      .join(' '),
  }
}

const signatureOf = (secret: string, content: string): string =>
  createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64'))
    .update(content)
    .digest('base64')
