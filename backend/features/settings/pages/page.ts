import type { VNode } from 'preact'
import type { StaffRole } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import type { Flow } from '../../../platform/route.ts'

/** Part of a page, made with the `html` tag. */
export type View = VNode | VNode[]

/** Somebody of the staff, signed in and allowed, opens a page or sends a form. */
export type Visit = {
  actor: StaffActor
  /** Parts of the address; those that end in Id are UUIDs. */
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  /** What was sent; empty when a page is opened. */
  form: URLSearchParams
  /** Every form holds it as the hidden field `form`: see formToken in frame.ts. */
  formToken: string
}

export type PageAnswer =
  /**
   * `reveals`: shows a gift card's code, which is masked on every other page; the reading is on the record.
   * `scripts`: paths of ours whose scripts the page may run, as modules; it must work without them. `style`: of this page alone.
   */
  | { title: string; body: View; status?: number; reveals?: true; scripts?: readonly string[]; style?: string }
  /** A path of ours: after a form, so that reloading sends nothing twice. */
  | { goTo: string }
  | { flow: Flow }

/** Groups of settings, in the order of their page. */
export const SETTING_GROUPS = ['Desk', 'Work', 'Answers', 'Money', 'Programs'] as const

/** How a page is found among the settings: in which group, by which word. */
export type SettingEntry = { word: string; group: (typeof SETTING_GROUPS)[number] }

export type Page = {
  method: 'GET' | 'POST'
  path: string
  roles: readonly StaffRole[]
  /** Word in the menu, or place among the settings, for those who may open it. */
  menu: string | SettingEntry | null
  /** Other paths below which its word in the menu stands out, too. */
  covers?: readonly string[]
  handle(ctx: Ctx, visit: Visit): Promise<PageAnswer>
}

/**
 * A page for people who are signed in.
 * @param roles nobody else sees it
 * @param menu its word in the menu of every page, or its place among the settings
 */
export const page = (
  path: string,
  roles: readonly StaffRole[],
  handle: Page['handle'],
  menu?: string | SettingEntry,
): Page => ({ method: 'GET', path, roles, menu: menu ?? null, handle })

/** What a form of a page does. Its origin and its token have been checked before `handle` runs. */
export const submission = (path: string, roles: readonly StaffRole[], handle: Page['handle']): Page => ({
  method: 'POST',
  path,
  roles,
  menu: null,
  handle,
})
