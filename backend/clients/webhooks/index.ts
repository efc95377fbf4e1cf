export { namesPrivateAddress } from './addresses.ts'
export { type Answered, postWebhook } from './posting.ts'
export { newWebhookSecret, webhookHeaders } from './signing.ts'
