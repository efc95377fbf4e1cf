import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { requireSpace } from './machine.mjs'
import { ROOT, SetupError, tell } from './root.mjs'

/** Installs exactly what the lock says, unless it is there. No package's install script is run. */
export async function install() {
  const wanted = packagesOf('package-lock.json')
  if (!wanted) throw new SetupError('package-lock.json is missing from this folder.')
  if (isInstalled(wanted)) return
  requireSpace(1_800)
  tell(`Installing about ${Math.round(Object.keys(wanted).length / 100) * 100} packages (1 GB, a minute or two) ...`)
  const stop = showProgress(Object.keys(wanted))
  const { code, said } = await npmCi()
  stop()
  if (code !== 0) throw new SetupError(explain(said))
  tell('Installed.')
}

/** npm writes its own copy of the lock last, so an interrupted installation never passes. Packages of other platforms may be absent. */
function isInstalled(wanted) {
  const present = packagesOf('node_modules/.package-lock.json')
  if (!present) return false
  return Object.entries(wanted).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true
    return present[path] ? present[path].version === version : optional === true
  })
}

function packagesOf(file) {
  const path = join(ROOT, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined
}

function npmCi() {
  const npm = process.env.npm_execpath // set by npm itself, which then need not be on the PATH
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  return new Promise((resolve, reject) => {
    const child = spawn(
      command,
      [...first, 'ci', '--ignore-scripts', '--no-progress', '--fetch-retry-maxtimeout=15000'],
      {
        cwd: ROOT,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    )
    let said = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    child.once('error', (cause) => reject(new SetupError(`npm could not be run: ${cause.message}`)))
    child.once('close', (code) => resolve({ code, said }))
  })
}

function showProgress(paths) {
  const started = Date.now()
  const timer = setInterval(() => {
    const there = paths.filter((path) => existsSync(join(ROOT, path, 'package.json'))).length
    tell(`  ${Math.round((Date.now() - started) / 1_000)} s: ${there} packages unpacked`)
  }, 10_000)
  return () => clearInterval(timer)
}

function explain(said) {
  const tail = said.trim().split('\n').slice(-15).join('\n')
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/.test(said)) {
    return `The npm registry could not be reached. Check the network and npm's proxy settings, then run this again.\n\n${tail}`
  }
  if (/ENOSPC/.test(said)) return `The disk is full.\n\n${tail}`
  return `npm could not install the packages:\n\n${tail}`
}
