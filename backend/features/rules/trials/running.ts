import type { Ctx } from '../../../context.ts'

export async function runTrial(_ctx: Ctx, _workspaceId: string, _trialId: string): Promise<void> {}
