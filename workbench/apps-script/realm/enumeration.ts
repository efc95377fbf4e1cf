import { answer, type ServiceClass, serviceClass } from './service-class.ts'

type Member = { name: string; ordinal: number }
export type Enumeration = { readonly members: readonly string[]; readonly class: ServiceClass<Member> }

/** Google's enums are objects, not strings: a script cannot pass 'FILLED' where TextButtonStyle.FILLED is meant. */
export function enumeration(name: string, members: readonly string[]): Enumeration {
  return {
    members,
    class: serviceClass<Member>(name, {
      name: answer([], (member) => member.name),
      toString: answer([], (member: Member) => member.name),
      ordinal: answer([], (member) => member.ordinal),
    }),
  }
}
