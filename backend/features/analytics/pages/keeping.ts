import type { Ctx } from '../../../context.ts'

/** Figures of what stands change as time passes, without anything new. */
const KEPT_MS = 300_000
const MOST = 40

/** HTML, and whether the lake could be read for it. */
export type KeptPart = { html: string; isThere: boolean }

type Kept = { version: string | null; from: number; made: Promise<KeptPart> }

const byProcess = new WeakMap<Ctx, Map<string, Kept>>()

/**
 * Makes a part of a page once for each state of the lake: who looks at the same, and looks again, costs nothing.
 * @param name of everything that the part depends on
 */
export function keptFor(
  ctx: Ctx,
  name: string,
  version: string | null,
  make: () => Promise<KeptPart>,
): Promise<KeptPart> {
  const kept = byProcess.get(ctx) ?? new Map<string, Kept>()
  byProcess.set(ctx, kept)
  const now = ctx.clock.now().getTime()
  const known = kept.get(name)
  if (known && version !== null && known.version === version && Math.abs(now - known.from) < KEPT_MS) return known.made
  const made = make()
  kept.delete(name)
  kept.set(name, { version, from: now, made })
  made.catch(() => kept.get(name)?.made === made && kept.delete(name))
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST) break
    kept.delete(oldest)
  }
  return made
}
