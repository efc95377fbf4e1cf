export { isPushKeys } from './keys.ts'
export { type Subscription, sendPush } from './sending.ts'
export { newVapidKey, type VapidKey } from './vapid.ts'
