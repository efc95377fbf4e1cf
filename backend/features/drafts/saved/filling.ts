/** What may stand in a saved reply, and what it becomes. */
export const VARIABLES = {
  customer: 'name of the customer',
  first_name: 'first name of the customer',
  agent: 'your name',
  ticket: 'number of the ticket',
  subject: 'subject of the ticket',
  order: 'number of the newest order beside the ticket',
  tracking: 'tracking number of that order',
} as const
export type Variable = keyof typeof VARIABLES

export type Values = Partial<Record<Variable, string>>

const PLACE = new RegExp(`\\{(${Object.keys(VARIABLES).join('|')})\\}`, 'g')

/** Puts values where a saved reply says {agent} or {order}; what is not known leaves its place to be filled by hand. */
export const fillIn = (text: string, values: Values): string =>
  text.replace(PLACE, (place, name: Variable) => values[name] || place)

/** Places that are still to be filled by hand, in their order. */
export const leftIn = (text: string): string[] => [...new Set(text.match(PLACE) ?? [])]
