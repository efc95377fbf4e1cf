import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLASP = fileURLToPath(new URL('../../node_modules/@google/clasp/build/src/index.js', import.meta.url))

/** Runs Google's uploader in a folder that has a .clasp.json. */
export function clasp(folder: string, args: readonly string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLASP, ...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk
      })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said: said.trim() }))
  })
}
