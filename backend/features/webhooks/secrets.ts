import type { Box } from '../../platform/keyring.ts'

const PLACE = 'webhook.secret'

export const sealWebhookSecret = (box: Box, webhookId: string, secret: string) => box.seal(PLACE, webhookId, secret)

type Secrets = { id: string; secret: Uint8Array; secretBefore: Uint8Array | null; secretBeforeUntil: Date | null }

/** What signs now, the newest first. */
export function secretsOf(box: Box, { id, secret, secretBefore, secretBeforeUntil }: Secrets, now: Date): string[] {
  const before = secretBefore && secretBeforeUntil && secretBeforeUntil > now ? [secretBefore] : []
  return [secret, ...before].map((sealed) => box.openText(PLACE, id, sealed))
}
