import type { FieldKind } from '../../../../../shared/fields.ts'

export const KIND_WORDS: Record<FieldKind, string> = {
  text: 'Text',
  number: 'Number',
  choice: 'Choice',
  date: 'Day',
}
