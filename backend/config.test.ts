import { expect, test } from '@jest/globals'
import { ConfigRefused, readConfig } from './config.ts'

const good = {
  DATABASE_URL: 'postgresql://app@localhost/desk',
  JOBS_DATABASE_URL: 'postgresql://jobs@localhost/desk',
  LAKE_DATABASE_URL: 'postgresql://lake@localhost/desk',
  PUBLIC_URL: 'https://desk.example/',
  MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  OBJECTS_DIR: '/var/lib/sidedesk/objects',
  LAKE_DIR: '/var/lib/sidedesk/lake',
  ADDON_AUDIENCES: 'one.apps.example, two.apps.example',
  GOOGLE_CLIENT_ID: 'client',
  GOOGLE_CLIENT_SECRET: 'secret',
}

test('a good configuration is read once, with defaults for what may be left out', () => {
  const config = readConfig(good)
  const url = 'https://desk.example'
  expect(config.http).toEqual({ port: 3000, host: '0.0.0.0', publicUrl: url, pagesUrl: url, trustedProxies: [] })
  expect(config.google.signIn.clientId).toBe(config.google.clientId)
  expect(config.addon.audiences).toEqual(['one.apps.example', 'two.apps.example'])
  expect(config.google.gmailUrl).toBe('https://gmail.googleapis.com')
})

test('a wrong configuration names every bad variable at once, in words', () => {
  const read = () =>
    readConfig({ ...good, DATABASE_URL: 'nowhere', MASTER_KEY: 'c2hvcnQ=', PORT: '99999', GOOGLE_CLIENT_ID: '' })
  expect(read).toThrow(ConfigRefused)
  expect(read).toThrow(
    /4 wrong variables[\s\S]*DATABASE_URL[\s\S]*PORT[\s\S]*MASTER_KEY: must be 32 bytes[\s\S]*GOOGLE_CLIENT_ID: is missing/,
  )
})

test('no value of a secret is quoted in the refusal', () => {
  try {
    readConfig({ ...good, MASTER_KEY: 'my-secret-master-key' })
    throw new Error('was not refused')
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigRefused)
    expect(String(error)).not.toContain('my-secret-master-key')
  }
})

test('a push topic without the account that pushes is refused', () => {
  expect(() => readConfig({ ...good, PUBSUB_TOPIC: 'projects/desk/topics/mail' })).toThrow(/PUBSUB_ACCOUNT: is missing/)
  const both = { PUBSUB_TOPIC: 'projects/desk/topics/mail', PUBSUB_ACCOUNT: 'push@desk.iam.example' }
  expect(readConfig({ ...good, ...both }).pubSub).toMatchObject({ account: 'push@desk.iam.example' })
})

test('trusted proxies are addresses, subnets or names that mean some', () => {
  expect(readConfig({ ...good, TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,fd00::1' }).http.trustedProxies).toEqual([
    'loopback',
    '10.0.0.0/8',
    'fd00::1',
  ])
  expect(() => readConfig({ ...good, TRUSTED_PROXIES: 'everybody' })).toThrow(/TRUSTED_PROXIES: must be addresses/)
})

test('objects lie in a folder or in a bucket, and a bucket needs a key', () => {
  expect(readConfig(good).objects).toEqual({ kind: 'folder', dir: '/var/lib/sidedesk/objects' })
  const bucket = { OBJECTS_DIR: '', OBJECTS: 's3://mails/desk/one/', S3_KEY_ID: 'id', S3_SECRET: 'secret' }
  const config = readConfig({ ...good, ...bucket })
  expect(config.objects).toEqual({ kind: 's3', bucket: 'mails', prefix: 'desk/one' })
  expect(config.s3).toEqual({ endpoint: null, region: 'us-east-1', keyId: 'id', secret: 'secret', pathStyle: false })
  const own = { S3_ENDPOINT: 'https://store.example:9000', S3_REGION: 'eu-north-1' }
  expect(readConfig({ ...good, ...bucket, ...own }).s3).toMatchObject({ pathStyle: true, region: 'eu-north-1' })
  expect(readConfig({ ...good, ...bucket, ...own, S3_PATH_STYLE: 'false' }).s3.pathStyle).toBe(false)
  expect(() => readConfig({ ...good, OBJECTS_DIR: '' })).toThrow('OBJECTS_DIR: is missing')
  expect(() => readConfig({ ...good, ...bucket, OBJECTS_DIR: '/x' })).toThrow('OBJECTS_DIR: or OBJECTS is needed')
  expect(() => readConfig({ ...good, ...bucket, S3_SECRET: '' })).toThrow('S3_SECRET: is missing')
  expect(() => readConfig({ ...good, ...bucket, OBJECTS: 'mails' })).toThrow('must look like s3://bucket/folder')
})

test('the lake lies in a folder or in a bucket, never over or in the folder of the objects', () => {
  expect(readConfig(good).lake).toMatchObject({ bucket: null, cacheBytes: 10e9 })
  const key = { S3_KEY_ID: 'id', S3_SECRET: 'secret' }
  const lake = { ...key, LAKE: 's3://figures', LAKE_CACHE: '500MB' }
  expect(readConfig({ ...good, ...lake }).lake).toMatchObject({
    bucket: { bucket: 'figures', prefix: '' },
    cacheBytes: 5e8,
  })
  expect(() => readConfig({ ...good, LAKE: 's3://figures' })).toThrow('S3_SECRET: is missing')
  const both = (objects: string, at: string) => ({ ...good, ...key, OBJECTS_DIR: '', OBJECTS: objects, LAKE: at })
  expect(readConfig(both('s3://desk/objects', 's3://desk/lake')).lake.bucket).toMatchObject({ prefix: 'lake' })
  for (const [objects, at] of [
    ['s3://desk', 's3://desk/lake'],
    ['s3://desk/all/objects', 's3://desk/all'],
    ['s3://desk/one', 's3://desk/one/'],
  ] as const)
    expect(() => readConfig(both(objects, at))).toThrow('LAKE: and OBJECTS must be folders beside each other')
})

test('people sign in with a client of their own, whose id and secret come together', () => {
  const own = { SIGN_IN_CLIENT_ID: 'web-client', SIGN_IN_CLIENT_SECRET: 'web-secret' }
  expect(readConfig({ ...good, ...own }).google.signIn).toEqual({ clientId: 'web-client', clientSecret: 'web-secret' })
  expect(() => readConfig({ ...good, SIGN_IN_CLIENT_ID: 'web-client' })).toThrow('SIGN_IN_CLIENT_SECRET')
})
