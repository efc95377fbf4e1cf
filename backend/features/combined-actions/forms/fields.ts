/** What a form holds, by the name of its field, as it was typed. A name that is missing was never shown or touched. */
export type Fields = Record<string, string[]>

/** What was typed or chosen last; empty when it was emptied, and when nothing was there yet. */
export const textOf = (fields: Fields, name: string): string => fields[name]?.[0]?.trim() ?? ''

export const isYes = (fields: Fields, name: string): boolean => textOf(fields, name) === 'yes'

export const yes = (value: boolean): string[] => [value ? 'yes' : 'no']

/** 42 of gid://shopify/LineItem/42: names of fields are short. */
export const shortId = (gid: string): string => gid.slice(gid.lastIndexOf('/') + 1)

/** Parts of a form, as fields name them. */
export const PARTS = ['cancel', 'reship', 'refund', 'gift_card'] as const
export type Part = (typeof PARTS)[number]

/** Parts whose goods are counted line by line. */
export type PartWithLines = 'cancel' | 'reship' | 'refund'

export const lineField = (part: PartWithLines, lineId: string): string => `${part}.line.${shortId(lineId)}`

export const variantField = (lineId: string): string => `reship.variant.${shortId(lineId)}`
