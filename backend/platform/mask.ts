/** Takes out of a text what nobody may read there. What that is, the composition root says: the platform knows no such thing. */
export type Mask = (text: string) => string

/** Made for machines: a change would break them, and chance may write anything into them. */
const OPAQUE = new Set(['next', 'url', 'key', 'messageId', 'replyTo', 'bcc'])

/**
 * A reply with every text in it masked, however deep it lies.
 * @param value JSON; cursors, links, keys and addresses with tokens stay as they are
 */
export function maskTexts(mask: Mask, value: unknown): unknown {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((item) => maskTexts(mask, item))
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      OPAQUE.has(name) && typeof item === 'string' ? item : maskTexts(mask, item),
    ]),
  )
}
