import type { Resource } from '../graphql/resource.ts'
import { VERSIONS } from '../graphql/versions.ts'

export const versionsResource: Resource = {
  queries: { publicApiVersions: () => VERSIONS },
}
