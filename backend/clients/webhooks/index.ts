export { namesPrivateAddress } from './addresses.ts'
export { type Answered, type Problem, postWebhook } from './posting.ts'
export { newWebhookSecret, webhookHeaders } from './signing.ts'
