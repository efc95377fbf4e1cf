import { z } from 'zod'
import type { Tell } from '../asking.ts'
import { addTags } from '../operations/tags.ts'
import { Gid } from '../reading/values.ts'

const Tagged = z.object({ node: z.object({ id: Gid }).nullable() })

/** Tags, which are added and never taken away; errors as of `asker`. */
export function tagCalls(tell: Tell) {
  return {
    /** Adds tags to an order; those that it has already stay. At most 40 characters each. */
    async addTags(orderId: string, tags: string[]): Promise<void> {
      await tell(addTags, Tagged, { variables: { id: orderId, tags }, lane: 'money' })
    },
  }
}
