import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { ADMINS, PEOPLE_AT_WORK, READERS, STAFF_ROLES, WORKERS } from './roles.ts'

/** What a workspace may ask for: of tickets and of customers each. */
export const MOST_FIELDS = 40
export const MOST_CHOICES = 50
/** Characters of a value. */
export const LONGEST_VALUE = 500

export const FIELD_KINDS = ['text', 'number', 'choice', 'date'] as const
export const FieldKind = z.enum(FIELD_KINDS)
export type FieldKind = z.infer<typeof FieldKind>

export const FieldAbout = z.enum(['ticket', 'customer'])
export type FieldAbout = z.infer<typeof FieldAbout>

const FieldLabel = z.string().trim().min(1, 'A field needs a name').max(60, 'A name has at most 60 characters')

/** What may be changed of a field. Nothing is ever deleted: what is retired keeps its values and is not asked for any more. */
export const FieldChanges = z.object({
  label: FieldLabel,
  /** Of a choice. Those without id are new, those that are left out are retired. */
  choices: z
    .array(z.object({ id: z.uuid().optional(), label: FieldLabel, retired: z.boolean().default(false) }))
    .max(MOST_CHOICES, `A field has at most ${MOST_CHOICES} choices`)
    .default([]),
  /** Tickets of these categories alone; none is all. */
  categories: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  /** A ticket is not solved by hand before it is filled in. */
  required: z.boolean().default(false),
  /** Fields are shown in this order. */
  position: z.int().min(0).max(1_000).default(0),
  retired: z.boolean().default(false),
})
export type FieldChanges = z.infer<typeof FieldChanges>

export const NewField = FieldChanges.extend({ about: FieldAbout, kind: FieldKind })
export type NewField = z.infer<typeof NewField>

export const CustomField = z.object({
  id: z.uuid(),
  about: FieldAbout,
  label: z.string(),
  kind: FieldKind,
  choices: z.array(z.object({ id: z.uuid(), label: z.string(), retired: z.boolean() })),
  categories: z.array(z.string()),
  required: z.boolean(),
  position: z.int(),
  retired: z.boolean(),
})
export type CustomField = z.infer<typeof CustomField>

export const listFields = endpoint('GET', '/v1/fields', {
  summary: 'Custom fields of tickets and customers in their order, retired ones last',
  callers: [...READERS, 'settings:read'],
  reply: z.object({ items: z.array(CustomField), next: z.null() }),
})

export const createField = endpoint('POST', '/v1/fields', {
  summary: 'Makes a custom field; its kind stays as it is',
  callers: ADMINS,
  status: 201,
  body: NewField,
  reply: CustomField,
})

export const writeField = endpoint('PUT', '/v1/fields/:fieldId', {
  summary: 'Changes a custom field, retires it, or brings it back; its values stay',
  callers: ADMINS,
  body: FieldChanges,
  reply: CustomField,
})

/** What is filled in. A number is written with a point; a day is YYYY-MM-DD; a choice is its id. */
export const FilledField = z.object({
  fieldId: z.uuid(),
  label: z.string(),
  kind: FieldKind,
  required: z.boolean(),
  /** Not asked for any more, or not in this category: it can be read, and not written. */
  ended: z.boolean(),
  value: z.string().nullable(),
  /** The value as people read it. */
  words: z.string(),
})
export type FilledField = z.infer<typeof FilledField>

/** The newest changes first; ten at most. */
export const FieldHistory = z.array(
  z.object({ at: z.iso.datetime(), by: z.string(), label: z.string(), before: z.string(), after: z.string() }),
)
export type FieldHistory = z.infer<typeof FieldHistory>

const Filled = z.object({ items: z.array(FilledField), changes: FieldHistory, next: z.null() })

/** Only fields that are named change; null empties one. */
const Values = z.object({
  values: z.record(z.uuid(), z.string().max(LONGEST_VALUE).nullable()).refine((all) => Object.keys(all).length <= 100),
})

export const getTicketFields = endpoint('GET', '/v1/tickets/:ticketId/fields', {
  summary: 'Custom fields of a ticket with what is filled in',
  callers: READERS,
  reply: Filled,
})

export const fillTicketFields = endpoint('PUT', '/v1/tickets/:ticketId/fields', {
  summary: 'Fills in custom fields of a ticket; what is wrong is refused by its name, and nothing is written then',
  callers: WORKERS,
  body: Values,
  reply: Filled,
})

export const showTicketFields = endpoint('GET', '/v1/tickets/:ticketId/fields/card', {
  summary: 'The same as a form in the panel',
  callers: STAFF_ROLES,
  reply: PanelCard,
})

export const submitTicketFields = endpoint('POST', '/v1/tickets/:ticketId/fields/card', {
  summary: 'Saves the form; what is wrong comes back with everything typed',
  callers: PEOPLE_AT_WORK,
  body: PanelFields,
  reply: PanelCard,
})

export const getCustomerFields = endpoint('GET', '/v1/customers/:customerId/fields', {
  summary: 'Custom fields of a customer with what is filled in',
  callers: READERS,
  reply: Filled,
})

export const fillCustomerFields = endpoint('PUT', '/v1/customers/:customerId/fields', {
  summary: 'Fills in custom fields of a customer; what is wrong is refused by its name, and nothing is written then',
  callers: WORKERS,
  body: Values,
  reply: Filled,
})
