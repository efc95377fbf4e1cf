import type { Shop } from '../../shop.ts'
import type { Shopify } from '../../shopify.ts'

export interface Stage {
  shopify: Shopify
  shop: Shop
}

/** What a person did with a form of the ledger page; answers in words what happened. */
export type Act = (stage: Stage, form: Form) => string

/** What was filled in. */
export interface Form {
  /** @throws Refused when nothing is there */
  text(name: string): string
  /** A whole number from 1 on. @throws Refused */
  count(name: string): number
  /** What may be left out. */
  maybe(name: string): string | undefined
}

/** An act that cannot be done, in words for the person who tried. */
export class Refused extends Error {
  override name = 'Refused'
}

export function formOf(body: string): Form {
  const fields = new URLSearchParams(body)
  const maybe = (name: string) => fields.get(name)?.trim() || undefined
  const text = (name: string) => {
    const value = maybe(name)
    if (value === undefined) throw new Refused(`Please fill in: ${name}.`)
    return value
  }
  return {
    maybe,
    text,
    count(name) {
      const value = Number(text(name))
      if (!Number.isInteger(value) || value < 1) throw new Refused(`${name} takes a whole number from 1 on.`)
      return value
    },
  }
}
