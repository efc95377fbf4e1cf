import { nodeOf } from '../graphql/nodes.ts'
import type { Resource } from '../graphql/resource.ts'
import type { Gid } from '../store/records/ids.ts'

export const nodesResource: Resource = {
  queries: {
    node: (_: unknown, { id }: { id: Gid }, ctx) => nodeOf(ctx, id),
    nodes: (_: unknown, { ids }: { ids: Gid[] }, ctx) => ids.map((id) => nodeOf(ctx, id)),
  },
}
