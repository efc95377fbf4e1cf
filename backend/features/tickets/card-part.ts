import type { PanelButton, PanelSection } from '../../../shared/panel.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Added } from './card/sections.ts'
import type { CardTicket } from './card/writing.ts'

/** For whom and when a card is made. */
export type CardScene = { workspaceId: string; now: Date; box: Box; actor: Actor }

/**
 * What a feature that tickets do not know adds to the card of a ticket. The card stays one statement: the part gives an expression,
 * and makes sections of what it came to.
 */
export type CardPart<R = unknown> = {
  name: string
  /** One JSON value about the row `t` of desk.ticket, by index only. @param me the caller; null for a system */
  sql(at: { me: string | null; now: Date }): Prisma.Sql
  /** Sections above the orders, in the order in which they show; none is fine. Presses of kind `change` are answered with the ticket's card. */
  present(ctx: Ctx, scene: CardScene, row: R, ticket: CardTicket): PanelSection[]
  /** Sections under the conversation, above the note. */
  below?(ctx: Ctx, scene: CardScene, row: R, ticket: CardTicket): PanelSection[]
  /** Buttons of rare acts, behind «More». */
  more?(ctx: Ctx, scene: CardScene, row: R, ticket: CardTicket): PanelButton[]
}

/** Defines a part, whose row type the list of all parts need not know. */
export const cardPart = <R>(part: CardPart<R>): CardPart => part as CardPart

/** An expression with what each part asks for, in their order. */
export const partsSql = (parts: readonly CardPart[], me: string | null, now: Date): Prisma.Sql =>
  parts.length === 0
    ? Prisma.sql`'[]'::json`
    : Prisma.sql`json_build_array(${Prisma.join(parts.map((part) => Prisma.sql`(${part.sql({ me, now })})`))})`

/** What all parts put on one card. */
export function addedBy(ctx: Ctx, scene: CardScene, rows: readonly unknown[], ticket: CardTicket): Added {
  const { cardParts } = ctx
  return {
    sections: cardParts.flatMap((part, at) => part.present(ctx, scene, rows[at], ticket)),
    below: cardParts.flatMap((part, at) => part.below?.(ctx, scene, rows[at], ticket) ?? []),
    more: cardParts.flatMap((part, at) => part.more?.(ctx, scene, rows[at], ticket) ?? []),
  }
}
