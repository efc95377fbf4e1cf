export { checkShop } from './checking.ts'
export { type Connected, connectAgain, connectShop } from './connecting.ts'
export { closeShop, disconnectShop } from './disconnecting.ts'
export { shopDomain } from './domains.ts'
export { shopAccessRegained, shopConnected, shopDisconnected } from './events.ts'
export { installAddress } from './installing.ts'
export { shopsJobs, shopsSchedule } from './jobs.ts'
export { type OpenShop, openShop } from './opening.ts'
export { mountShopPages } from './pages/index.ts'
export { CHECK, checkKey } from './queueing.ts'
export { missingScopes } from './scopes.ts'
export { type Sender, type Senders, shopSenders } from './senders.ts'
export {
  connectCommand,
  connectedShops,
  isGranted,
  type ShopRow,
  type ShopState,
  workspacesWithShops,
} from './shops.ts'
export { noteShopTrouble } from './troubles.ts'
export { tryReading } from './trying.ts'
