import { startWorkerProcess } from '../../support/processes/backend-process.ts'
import type { Figure } from '../figure.ts'
import { measureOrdersOnCard } from '../shop/card.ts'
import { measureFirstLoad } from '../shop/first-load.ts'
import { measureReading } from '../shop/reading.ts'
import { prepareShop, type ShopGround } from '../shop/shop-ground.ts'
import { measureStaleness } from '../shop/staleness.ts'
import { measureWebhooks } from '../shop/webhooks.ts'
import type { Ground } from '../world/ground.ts'

/** A shop of 100 thousand orders beside the big workspace: its first load, the card that shows five orders, webhooks, and their readers. */
export async function measureShop(ground: Ground): Promise<Figure[]> {
  const shop = await prepareShop(ground)
  try {
    const figures: Figure[] = []
    for (const measure of [measureWorker, measureOrdersOnCard, measureWebhooks, measureReading])
      figures.push(...(await measure(shop)))
    return figures
  } finally {
    await shop.close()
  }
}

/** One worker loads and sweeps at the same time, as after connecting a shop. */
async function measureWorker(shop: ShopGround): Promise<Figure[]> {
  const worker = await startWorkerProcess(shop.environmentFor())
  try {
    return (await Promise.all([measureFirstLoad(shop, worker), measureStaleness(shop)])).flat()
  } finally {
    await worker.kill('SIGTERM')
  }
}
