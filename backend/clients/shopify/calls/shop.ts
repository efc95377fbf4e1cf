import type { Ask } from '../asking.ts'
import { about } from '../operations/shop.ts'
import { About, type ShopAbout } from '../reading/shop.ts'
import type { Lane } from '../throttling.ts'

/** What a shop says of itself, which also tries its access; errors as of `asker`. */
export function shopCalls(ask: Ask) {
  return {
    /** Name, currency, time zone, order numbers, plan, what we were granted, and the API versions that still answer. */
    about: (lane: Lane): Promise<ShopAbout> => ask(about, About, { lane }),
  }
}
