import type { Request, Response } from 'express'
import type { Ctx } from '../../../context.ts'

/** Kept by the browser for us alone: never sent by a form of another site, never read by a script. */
export type Kept = 'session' | 'sign-in'

const isSecure = ({ config }: Ctx) => config.http.pagesUrl.startsWith('https:')

/** With the prefix a browser takes it from this very host only; plain http on loopback has no such promise. */
const nameOf = (ctx: Ctx, kept: Kept) => `${isSecure(ctx) ? '__Host-' : ''}sidedesk-${kept}`

const attributes = (ctx: Ctx) => ({ httpOnly: true, sameSite: 'lax', secure: isSecure(ctx), path: '/' }) as const

export const keep = (ctx: Ctx, response: Response, kept: Kept, value: string, forMs: number): void => {
  response.cookie(nameOf(ctx, kept), value, { ...attributes(ctx), maxAge: forMs })
}

export const drop = (ctx: Ctx, response: Response, kept: Kept): void => {
  response.clearCookie(nameOf(ctx, kept), attributes(ctx))
}

/** @returns what the browser brought; empty when nothing */
export function broughtBack(ctx: Ctx, request: Request, kept: Kept): string {
  const name = nameOf(ctx, kept)
  const pairs = (request.header('cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([key]) => key === name)?.[1] ?? ''
}
