import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofWebhook = z.object({ webhookId: z.uuid() })

export const webhookSecretChanged = event('webhook.secret_changed', ofWebhook)
/** dead: nothing came through for days · gone: the receiver answered 410. */
export const webhookSwitchedOff = event('webhook.switched_off', ofWebhook.extend({ reason: z.enum(['dead', 'gone']) }))
export const webhookRepeated = event('webhook.repeated', ofWebhook.extend({ deliveryId: z.uuid() }))
