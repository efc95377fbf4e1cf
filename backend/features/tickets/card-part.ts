import type { PanelSection } from '../../../shared/panel.ts'
import type { Ctx } from '../../context.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Box } from '../../platform/keyring.ts'
import type { CardTicket } from './viewing.ts'

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
  /** Sections in the order in which they show; none is fine. Presses of kind `change` are answered with the ticket's card. */
  present(ctx: Ctx, scene: CardScene, row: R, ticket: CardTicket): PanelSection[]
}

/** Defines a part, whose row type the list of all parts need not know. */
export const cardPart = <R>(part: CardPart<R>): CardPart => part as CardPart
