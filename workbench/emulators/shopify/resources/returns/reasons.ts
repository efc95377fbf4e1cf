import { gidOf } from '../../graphql/gid.ts'

/** The reasons every shop starts with; a shop may add its own, which this emulator does not do. */
export const REASONS = [
  'Unknown',
  'Damaged or defective',
  'Not as described',
  'Wrong item',
  'Size too small',
  'Size too large',
  'Style',
  'Color',
  'Changed mind',
  'Other',
].map((name, index) => ({
  id: gidOf('ReturnReasonDefinition', index + 1),
  handle: name.toLowerCase().replaceAll(' ', '-'),
  name,
  deleted: false,
}))

export const reasonById = (id: string | null) => REASONS.find((reason) => reason.id === id) ?? null
