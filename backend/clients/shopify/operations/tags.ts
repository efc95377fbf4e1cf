import { mutation } from './operation.ts'

export const addTags = mutation(
  'AddTags',
  12,
  `mutation AddTags($id: ID!, $tags: [String!]!) {
  tagsAdd(id: $id, tags: $tags) {
    node { id }
    userErrors { field message }
  }
}`,
)
