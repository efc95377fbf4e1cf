import type { Gid } from '../store/records/ids.ts'

const FORM = /^gid:\/\/shopify\/([A-Za-z]+)\/([^/?#\s]+)(\?[^\s]*)?$/

export const gidOf = (type: string, id: string | number): Gid => `gid://shopify/${type}/${id}`

/** The kind of thing an id names: Order of gid://shopify/Order/5001; nothing when it is no id of Shopify's. */
export const typeOf = (gid: string): string | undefined => FORM.exec(gid)?.[1]

/** The last part: 5001 of gid://shopify/Order/5001. */
export const legacyId = (gid: Gid): string => FORM.exec(gid)?.[2] ?? ''

export const isGid = (text: string): boolean => FORM.test(text)
