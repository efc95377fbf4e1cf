import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Adds to package-lock.json an entry for each optional platform package that npm left out, because its registry did not serve it:
 * `npm ci` of npm 11 calls such a lock incomplete. Run it after every `npm install`; with --check it only tells whether it would change.
 */
const path = new URL('../package-lock.json', import.meta.url)
const text = readFileSync(path, 'utf8')
const lock = JSON.parse(text)
for (const [owner, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (!isLocked(owner, name)) lock.packages[`node_modules/${name}`] = stub(name, version, dev)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
for (const entry of Object.values(lock.packages)) delete entry.resolved // a registry's address is the reader's choice
const wanted = `${JSON.stringify(lock, null, 2)}\n`
if (process.argv.includes('--check')) report()
else writeFileSync(path, wanted)

/** npm looks for a package beside its owner and then in each enclosing folder. */
function isLocked(owner, name) {
  for (let place = owner; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${place === '' ? '' : `${place}/`}node_modules/${name}`]) return true
    if (place === '') return false
  }
}

function stub(name, version, dev) {
  const words = name.split('/').at(-1).split('-')
  const os = words.filter((word) => /^(darwin|linux|win32|android|freebsd|openharmony)$/.test(word))
  const cpu = words.filter((word) => /^(x64|arm64|arm|ia32|ppc64|riscv64|s390x|loong64)$/.test(word))
  if (os.length === 0 || cpu.length === 0)
    throw new Error(`${name} is missing from the lock and its name tells no platform.`)
  const libc = libcOf(words.at(-1))
  return { version, cpu, ...(dev && { dev }), ...(libc && { libc: [libc] }), optional: true, os }
}

function libcOf(word) {
  if (word.startsWith('musl')) return 'musl'
  return word.startsWith('gnu') ? 'glibc' : undefined
}

function report() {
  if (wanted === text) return
  console.error(
    'package-lock.json lacks platform packages or names a registry: node toolchain/lock-stubs.mjs repairs it.',
  )
  process.exitCode = 1
}
