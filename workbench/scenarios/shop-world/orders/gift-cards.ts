import { days } from '../../story.ts'
import { hana, ivo, leila, omar } from '../people/neighbours.ts'
import type { Buyer } from '../people/person.ts'
import { ada, elsie, priya } from '../people/writers.ts'

/** A gift card of the shop; what orders paid with it is taken off by the orders themselves. */
export interface GiftCardStory {
  code: string
  amount: number
  ago: number
  source: 'purchased' | 'manual' | 'api_client'
  customer?: Buyer
  recipient?: Buyer
  note?: string
  deactivated?: number
}

export const CODES = {
  omarFirst: 'c3hpx7wkrtj98kq2',
  omarSecond: 'n6ybq4zdvfe2m7td',
  elsie: 'p4kd9mwtz7xr3hv6',
  priya: 'w8rn5tqy2cjb6gx4',
  hana: 'k2vx8fzp5dmw9trb',
  ivo: 'h7tq3ncx6ykr4pzd',
  ada: 'm5wz2jdk8vfp6yxc',
} as const

export const giftCards: GiftCardStory[] = [
  {
    code: CODES.omarFirst,
    amount: 7500,
    ago: days(7.3),
    source: 'purchased',
    customer: leila,
    recipient: omar,
    note: 'Deactivated: the first mail went to a wrong address. Its successor ends in m7td.',
    deactivated: days(7.1),
  },
  {
    code: CODES.omarSecond,
    amount: 7500,
    ago: days(7.1),
    source: 'manual',
    customer: leila,
    recipient: omar,
    note: 'In place of the card that ends in 8kq2.',
  },
  { code: CODES.elsie, amount: 5000, ago: days(60), source: 'purchased', customer: elsie },
  { code: CODES.priya, amount: 2500, ago: days(40), source: 'purchased', customer: priya },
  { code: CODES.hana, amount: 10_000, ago: days(50), source: 'purchased', customer: hana },
  { code: CODES.ivo, amount: 2500, ago: days(30), source: 'purchased', customer: ivo },
  {
    code: CODES.ada,
    amount: 1500,
    ago: days(90),
    source: 'manual',
    customer: ada,
    note: 'For the waiting: FF-19877 came a week late.',
  },
]
