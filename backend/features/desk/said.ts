import type { Ctx } from '../../context.ts'
import type { StaffActor } from '../../platform/actor.ts'
import type { Signer } from '../../platform/signer.ts'
import type { Visit } from '../settings/index.ts'
import { asked } from './paths.ts'

/** What a press came to, told once on the page after it. `bad`: it was refused. */
export type Said = { text: string; bad: boolean }

const MAC_BYTES = 9

type Teller = { ctx: Pick<Ctx, 'signer'>; actor: Pick<StaffActor, 'id'> }

/** The address of a page that says something to whoever pressed. It is signed for them, so that no link puts words into our mouth. */
export const saying = ({ ctx, actor }: Teller, path: string, { text, bad }: Said): string =>
  text === ''
    ? path
    : asked(path, { said: text, bad: bad ? '1' : null, sign: macOf(ctx.signer, actor.id, { text, bad }) })

/** @returns what the address says; null when nothing, or when it is not from us, or was said to somebody else */
export function saidIn(signer: Signer, { query, actor }: Pick<Visit, 'query' | 'actor'>): Said | null {
  const said = { text: query.get('said') ?? '', bad: query.has('bad') }
  return said.text !== '' && signer.verify('desk-said', contentOf(actor.id, said), query.get('sign') ?? '', MAC_BYTES)
    ? said
    : null
}

const macOf = (signer: Signer, to: string, said: Said): string =>
  signer.mac('desk-said', contentOf(to, said), MAC_BYTES)

const contentOf = (to: string, { text, bad }: Said): string => `${to}/${bad ? 'bad' : 'good'}/${text}`
