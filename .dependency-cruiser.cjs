/** Who may import whom: section 2 of the design, as rules. tests/toolchain/boundaries.test.ts breaks each one once. */
const TEST = '\\.test\\.ts$'
const BUILT_IN = 'core'
const PACKAGE = 'node_modules/'

/** Importing anything of the repository outside `allowed`. */
const only = (name, comment, from, allowed, extra = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [TEST] },
  to: { pathNot: [PACKAGE, ...allowed], dependencyTypesNot: [BUILT_IN], ...extra },
})

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other at run time are one thing in two places.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-cycles-between-features',
      comment: 'Features that do not know each other meet through events; types count too.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^backend/features/[^/]+$' },
      to: { path: '^backend/features/[^/]+$', circular: true },
    },
    {
      name: 'unresolvable',
      comment: 'An import that leads nowhere hides a boundary.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    only('shared-knows-nobody', 'The contract imports nothing of ours.', '^shared/', ['^shared/']),
    {
      name: 'shared-takes-only-zod',
      comment: 'The contract runs anywhere: of packages it takes zod, and nothing of Node.',
      severity: 'error',
      from: { path: '^shared/', pathNot: [TEST] },
      to: { path: '.', pathNot: ['^shared/', `${PACKAGE}zod/`, '^(addon|backend|workbench|tests|toolchain)/'] },
    },
    {
      name: 'addon-takes-only-types-of-shared',
      comment: 'A schema imported at run time makes the bundle a hundred times larger.',
      severity: 'error',
      from: { path: '^addon/', pathNot: [TEST] },
      to: { path: ['^shared/', `${PACKAGE}zod/`], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'addon-stands-alone',
      comment: 'Apps Script has no packages, no Node and nothing of the backend.',
      severity: 'error',
      from: { path: '^addon/', pathNot: [TEST] },
      to: { path: '.', pathNot: ['^addon/', '^shared/', `${PACKAGE}zod/`, '/@types/google-apps-script/'] },
    },
    only('platform-has-no-domain', 'The platform must not know a feature or a vendor.', '^backend/platform/', [
      '^backend/(platform|generated)/',
      '^shared/',
    ]),
    only(
      'clients-speak-protocol-only',
      'A client knows the wire, the platform and what money is.',
      '^backend/clients/',
      ['^backend/(clients|platform)/', '^shared/money\\.ts$'],
    ),
    {
      name: 'features-meet-at-index',
      comment: "A feature's only door is its index.ts.",
      severity: 'error',
      from: { path: '^backend/features/([^/]+)/', pathNot: [TEST] },
      to: { path: '^backend/features/', pathNot: ['^backend/features/$1/', '^backend/features/[^/]+/index\\.ts$'] },
    },
    only(
      'features-stay-inside',
      'A feature builds on the platform, clients, the contract and other features.',
      '^backend/features/',
      ['^backend/(platform|clients|features|generated)/', '^backend/(context|config)\\.ts$', '^shared/'],
    ),
    only(
      'backend-never-sees-the-workbench',
      'The product must run without its workbench, tests and toolchain.',
      '^backend/',
      ['^backend/', '^shared/'],
    ),
    only(
      'workbench-uses-the-backend-as-a-whole',
      'The workbench starts the product; it does not reach into its features.',
      '^workbench/',
      [
        '^(workbench|toolchain)/',
        '^shared/',
        '^backend/[^/]+\\.ts$',
        '^backend/platform/',
        '^backend/features/[^/]+/index\\.ts$',
      ],
    ),
    only(
      'production-never-sees-tests',
      'Neither the workbench nor the toolchain needs a test.',
      '^(workbench|toolchain)/',
      ['^(workbench|toolchain|shared|backend|addon)/'],
    ),
    {
      name: 'no-undeclared-package',
      comment: 'A package that package.json does not name may vanish with another one.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: ['/@types/google-apps-script/'] },
    },
    {
      name: 'production-takes-no-dev-package',
      comment: 'Packages of development are not installed in production.',
      severity: 'error',
      from: { path: '^(backend|shared)/', pathNot: [TEST] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^backend/generated/'] },
    exclude: { path: '^(dist|\\.sidedesk|docs)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
