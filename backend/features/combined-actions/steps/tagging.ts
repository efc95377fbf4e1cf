import { TagResult } from './results.ts'
import { stepEffect } from './step.ts'

/** Tags are a set: adding them again changes nothing. */
export const tagging = stepEffect({
  kind: 'tag',
  result: TagResult,
  comparesFirst: false,
  async run({ api, send }) {
    await api.addTags(send.orderId, send.tags)
    return { kind: 'tag' }
  },
  find: async () => null,
  says: () => ({}),
  advice: () => 'Only the tags are missing: add them in Shopify and end this here.',
})
