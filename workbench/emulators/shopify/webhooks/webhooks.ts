import type { Notice, Shop } from '../shop.ts'

export interface Webhooks {
  emit(shop: Shop, notice: Notice): void
  settle(): Promise<void>
  close(): void
}
