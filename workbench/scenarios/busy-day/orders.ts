import { type OrderStory, order } from '../shop-world/orders/order-story.ts'
import { card, ideal, klarna, paypal } from '../shop-world/orders/paying.ts'
import { person } from '../shop-world/people/person.ts'
import { days } from '../story.ts'
import type { BusyCustomer } from './customers.ts'
import type { Draw } from './drawing.ts'

/** After the numbers of the shop's own story. */
const FIRST_NUMBER = 20_600

const WARES = {
  'fig-jam-large': 'fig jam',
  'heather-honey-small': 'heather honey',
  'olive-oil-bottle': 'olive oil',
  'black-forest-small': 'Black Forest chocolates',
  'chocolate-bar-dark': 'dark chocolate',
  'rosemary-crackers': 'rosemary crackers',
  'fig-mustard': 'fig mustard',
  elderflower: 'elderflower pressé',
}

export const PRODUCTS = [...Object.values(WARES), 'autumn hamper', 'get well basket', 'winter wreath', 'cheese box']

export interface Bought {
  story: OrderStory
  product: string
}

/** What each of the day's customers bought in the days before. */
export function bought(draw: Draw): (customer: BusyCustomer) => Bought {
  let number = FIRST_NUMBER
  return ({ name, email, place }) => {
    const [sku, product] = draw.one(Object.entries(WARES))
    const ago = days(2 + draw.below(9), draw.below(10))
    const buyer = person(name, { email }, place, { since: 1 + Math.ceil(ago / 1440) })
    number++
    const story = order(number, ago, buyer, {
      lines: { [sku]: 1, 'greeting-card': 1 },
      paid: [draw.one([card('Visa', '4242'), card('Mastercard', '5454'), paypal, klarna, ideal])],
      parcels: [
        {
          shipped: ago - 600,
          ...(ago > days(4) ? { delivered: ago - days(3) } : {}),
          carrier: 'Parcelway',
          number: `PW77402${number}GB`,
        },
      ],
    })
    return { story, product }
  }
}
