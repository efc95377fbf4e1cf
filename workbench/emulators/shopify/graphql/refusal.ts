import { GraphQLError } from 'graphql'

/** A top-level error; what the field would have done was not done. */
export const refusal = (code: string, message: string, more: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...more } })

export const missing = (coordinate: string) =>
  refusal('EMULATOR_MISSING', `The emulator has no ${coordinate}; add it to a resource.`)

export interface UserError {
  field: string[] | null
  message: string
  code?: string | null
}

/** A business error inside a payload; `code` only where the payload's error type has one. */
export const userError = (field: string[] | string | null, message: string, code?: string | null): UserError => ({
  field: typeof field === 'string' ? [field] : field,
  message,
  ...(code === undefined ? {} : { code }),
})

/** A payload that did nothing; its other fields are null. */
export const refused = (...userErrors: UserError[]) => ({ userErrors })
