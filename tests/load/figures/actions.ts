import { prepareActions } from '../actions/action-ground.ts'
import { measureOverhead } from '../actions/overhead.ts'
import { measureRate } from '../actions/rate.ts'
import type { Figure } from '../figure.ts'
import type { Ground } from '../world/ground.ts'

const ALONE = 35
const AT_ONCE = 30

/** Combined actions of a shop in the emulated Shopify: what the desk adds to its answers, and what its rate limit allows. */
export async function measureActions(ground: Ground): Promise<Figure[]> {
  const actions = await prepareActions(ground, ALONE + 1 + AT_ONCE)
  try {
    const { orderIds } = actions
    return [
      ...(await measureOverhead(actions, orderIds.slice(0, ALONE))),
      ...(await measureRate(actions, orderIds.slice(ALONE))),
    ]
  } finally {
    await actions.close()
  }
}
