import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Forsat, openForsat, setUp, testClock } from '@forsat/application'
import type { CompanyView } from '@forsat/projections'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { carryOut } from './carry-out.ts'
import { type ImportReport, importFile } from './import.ts'
import { ImportMap } from './map.ts'

let folder: string
let forsat: Forsat
let company: CompanyView

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forsat-import-'))
  forsat = await openForsat({ store: 'memory:', clock: testClock('2026-06-01T08:00:00.000Z') })
  const { companyId } = await setUp(forsat)
  const found = await forsat.query.companies.get(companyId, { company: companyId })
  if (found === undefined) throw new Error('there is no company')
  company = found
})

afterEach(async () => {
  await forsat[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const importing = async (
  text: string | Uint8Array,
  table: object,
  more: { readonly dryRun?: boolean; readonly related?: object } = {},
): Promise<ImportReport> => {
  const { dryRun = false, related = {} } = more
  const path = join(folder, 'data.csv')
  await writeFile(path, text)
  const map = ImportMap.parse({ version: 1, system: 'sheet', encoding: 'utf-8', table, ...related })
  const report = await importFile(forsat, {
    path,
    file: 'data.csv',
    map,
    company,
    dryRun,
    progress: () => {},
  })
  await forsat.settle()
  return report
}

const scope = () => ({ company: company.id })

const opportunities = async () => {
  const listed = await forsat.query.opportunities.list(scope(), { sort: 'title', limit: 200 })
  if (listed._tag === 'Left') throw new Error('the list was refused')
  return listed.right.items
}

const contacts = async (filters: object = {}) => {
  const listed = await forsat.query.contacts.list(scope(), { sort: 'createdAt', filters })
  if (listed._tag === 'Left') throw new Error('the list was refused')
  return listed.right.items
}

const faults = ({ files }: ImportReport) =>
  files.flatMap(({ errors }) =>
    errors.map(({ row, column, fault }) => ({ row, column, code: fault.code })),
  )

const last = ({ files }: ImportReport) => {
  const report = files.at(-1)
  if (report === undefined) throw new Error('there is no report')
  return report
}

describe('O25: contacts with duplicates, in letters and digits of every keyboard', () => {
  const rows = [
    'نام;تلفن;استان;ارزش;تخفیف',
    'شركت يكتا;۰۲۱۱۲۳۴۵۶۷۸;تهران;۱۲٬۵۰۰٬۰۰۰;۲٫۵',
    'شرکت یکتا;02112345678;تهران;12500000;2.5',
    'فروشگاه گل‌ها;٠٢١٨٧٦٥٤٣٢١;فارس;٤٠٠٠٠٠;۳٫۵',
    'فروشگاه  گلها ;02187654321;فارس;400000;3.5',
  ]
  const table = {
    kind: 'contact',
    duplicates: ['name', 'phone'],
    fields: {
      name: { type: 'text', column: 'نام' },
      phone: { type: 'phone', column: 'تلفن' },
      region: { type: 'text', column: 'استان' },
      'attributes.value': { type: 'money', currency: 'IRR', unit: 'rial', column: 'ارزش' },
      'attributes.discount': { type: 'percent', column: 'تخفیف' },
    },
  }

  test.each([
    ['semicolons', ';'],
    ['commas', ','],
    ['tabs', '\t'],
  ])('four rows with a byte order mark and %s are two contacts', async (_name, separator) => {
    const text = `\uFEFF${rows.map((row) => row.replaceAll(';', separator)).join('\r\n')}\r\n`
    const report = await importing(text, table)
    expect(faults(report)).toEqual([])
    expect(last(report)).toMatchObject({
      read: 4,
      imported: 2,
      unused: [],
      joined: [
        { row: 2, with: 1 },
        { row: 4, with: 3 },
      ],
    })
    expect(await contacts()).toMatchObject([
      { phone: '02112345678', region: 'تهران', attributes: { value: '12500000', discount: 2.5 } },
      {
        name: 'فروشگاه گل‌ها',
        phone: '02187654321',
        attributes: { value: '400000', discount: 3.5 },
      },
    ])
    const found = async (q: string) => (await contacts({ q })).map(({ phone }) => phone)
    expect(await found('يكتا')).toEqual(['02112345678'])
    expect(await found('یکتا')).toEqual(['02112345678'])
  })

  test('the same file twice joins what was there before', async () => {
    await importing(rows.join('\n'), table)
    const report = await importing(rows.join('\n'), table)
    expect(last(report)).toMatchObject({ imported: 0 })
    expect(last(report).joined).toHaveLength(4)
    expect(await contacts()).toHaveLength(2)
  })
})

describe('opportunities', () => {
  const table = {
    kind: 'opportunity',
    key: 'Id',
    fields: {
      title: { type: 'text', column: 'Deal' },
      expectedRevenue: { type: 'money', currency: 'IRR', unit: 'toman', column: 'Value' },
      expectedCloseOn: { type: 'date', yearLast: 'day-first', column: 'Due' },
      contactId: {
        type: 'record',
        of: 'contact',
        column: 'Buyer',
        createMissing: true,
        isCompany: true,
      },
    },
    story: {
      opened: { type: 'moment', column: 'Opened' },
      closed: { type: 'moment', column: 'Closed' },
      outcome: { column: 'State' },
      endings: {
        New: { outcome: 'open', stages: ['Calling'] },
        Won: { outcome: 'won', stages: ['Calling', 'Visiting'] },
        باخته: { outcome: 'lost', stages: ['Calling'] },
      },
      reason: { type: 'record', of: 'lostReason', column: 'Reason' },
    },
  }
  const header = 'Id,Deal,Value,Due,Buyer,Opened,Closed,State,Reason'
  const file = (...rows: readonly string[]) => [header, ...rows].join('\n')

  test('begin, move on and end at their own times, in the zone of the company', async () => {
    const report = await importing(
      file(
        'a,First,1000,1405/03/01,Yekta,1404/12/01,1404/12/29,Won,',
        'b,Second,2000,,Yekta,2026-04-01,2026-05-01 09:30,باخته,قیمت',
        'c,Third,,,,,,New,',
      ),
      table,
    )
    expect(faults(report)).toEqual([])
    expect(last(report)).toMatchObject({ read: 3, imported: 3, undated: 1 })
    expect(report.created).toEqual([
      { of: 'contact', names: ['Yekta'] },
      { of: 'stage', names: ['Calling', 'Visiting'] },
    ])
    const [first, second, third] = await opportunities()
    expect(first).toMatchObject({
      title: 'First',
      outcome: 'won',
      expectedRevenue: { amount: '10000', currency: 'IRR' },
      expectedCloseOn: '2026-05-22',
      createdAt: '2026-02-20T08:30:00.000Z',
      createdOn: '2026-02-20',
      closedOn: '2026-03-20',
      externalIds: [{ system: 'sheet', id: 'a' }],
    })
    expect(second).toMatchObject({
      outcome: 'lost',
      lost: { reason: 'قیمت', stage: 'Calling', occurredOn: '2026-05-01' },
      closedAt: '2026-05-01T06:00:00.000Z',
      contactId: first?.contactId,
    })
    expect(third).toMatchObject({ outcome: 'open', createdAt: '2026-06-01T08:00:00.000Z' })
  })

  test('O06: none is lost without a reason, whatever its state is called', async () => {
    const report = await importing(
      file(
        'a,First,,,,2026-04-01,2026-05-01,باخته,',
        'b,Second,,,,2026-04-01,2026-05-01,باخته,too far',
        'c,Third,,,,2026-04-01,2026-05-01,باخته,قیمت',
      ),
      table,
    )
    expect(faults(report)).toEqual([
      { row: 1, column: 'Reason', code: 'LostReasonMissing' },
      { row: 2, column: 'Reason', code: 'RecordUnknown' },
    ])
    expect(await opportunities()).toMatchObject([{ title: 'Third', outcome: 'lost' }])
  })

  test('O06: one that is open stays so when a row would lose it without a reason', async () => {
    await importing(file('a,First,,,,2026-04-01,,New,'), table)
    const report = await importing(file('a,First,,,,2026-04-01,2026-05-01,باخته,'), table)
    expect(faults(report)).toEqual([{ row: 1, column: 'Reason', code: 'LostReasonMissing' }])
    expect(await opportunities()).toMatchObject([{ outcome: 'open' }])
  })

  test('come in whole or not at all, and good rows stay', async () => {
    const report = await importing(
      file(
        'a,First,ten,1404/12/30,Yekta,2026-04-01,,New,',
        'b,Second,,31/02/2026,Other,2026-04-01,,New,',
        'c,Third,,12/03/2026,,2026-05-01,2026-04-01,Won,',
        ',Fourth,,,,,,New,',
        'e,Fifth,,,,,,Nearly,',
        'f,,,,,,,New,',
        'g,Seventh,,,,2027-01-01,,New,',
        'h,Eighth',
        'i,Ninth,1,12/03/2026,,,,New,',
        'i,Tenth,,,,,,New,',
      ),
      table,
    )
    expect(faults(report)).toEqual([
      { row: 1, column: 'Value', code: 'MoneyInvalid' },
      { row: 1, column: 'Due', code: 'DateInvalid' },
      { row: 2, column: 'Due', code: 'DateInvalid' },
      { row: 3, column: 'Closed', code: 'ClosedBeforeOpened' },
      { row: 4, column: 'Id', code: 'KeyMissing' },
      { row: 5, column: 'State', code: 'OutcomeUnknown' },
      { row: 6, column: 'Deal', code: 'FieldMissing' },
      { row: 7, column: 'Opened', code: 'OccurredInFuture' },
      { row: 8, column: undefined, code: 'CellsMiscounted' },
      { row: 10, column: 'Id', code: 'KeyTwice' },
    ])
    expect(last(report)).toMatchObject({ read: 10, imported: 1 })
    expect(await opportunities()).toMatchObject([{ title: 'Ninth', expectedCloseOn: '2026-03-12' }])
    // Nothing is made for the sake of a row that was not taken.
    expect(await contacts()).toEqual([])
  })

  test('are imported once, however often the file is', async () => {
    const rows = file('a,First,,,Yekta,2026-04-01,,New,', 'b,Second,,,Yekta,2026-04-02,,New,')
    await importing(rows, table)
    const before = await forsat.store.head()
    const report = await importing(rows, table)
    expect(last(report)).toMatchObject({ read: 2, imported: 0, known: 2 })
    expect(await forsat.store.head()).toBe(before)
  })

  test('are imported once by two who do it at the same time', async () => {
    const rows = file('a,First,,,Yekta,2026-04-01,,New,', 'b,Second,,,Other,2026-04-02,,New,')
    const reports = await Promise.all([importing(rows, table), importing(rows, table)])
    const counts = reports.map(last)
    expect(counts.reduce((sum, { imported }) => sum + imported, 0)).toBe(2)
    expect(counts.reduce((sum, { known }) => sum + known, 0)).toBe(2)
    expect(await opportunities()).toHaveLength(2)
    expect(await contacts()).toHaveLength(2)
  })

  test('are only looked at by a dry run', async () => {
    const before = await forsat.store.head()
    const report = await importing(file('a,First,,,Yekta,,,New,', 'b,,,,,,,New,'), table, {
      dryRun: true,
    })
    expect(last(report)).toMatchObject({ imported: 1 })
    expect(faults(report)).toEqual([{ row: 2, column: 'Deal', code: 'FieldMissing' }])
    expect(await forsat.store.head()).toBe(before)
  })

  test('of a file without a column that the map names are not imported at all', async () => {
    const report = await importing('Id,Deal\na,First', table)
    expect(faults(report)).toEqual([{ row: undefined, column: undefined, code: 'ColumnMissing' }])
    expect(await opportunities()).toEqual([])
  })

  test('of a file that is not UTF-8 are not guessed at', async () => {
    const report = await importing(
      Buffer.from(`${header}\na,M\u00FCller,,,,,,New,`, 'latin1'),
      table,
    )
    expect(faults(report)).toEqual([{ row: undefined, column: undefined, code: 'EncodingInvalid' }])
    expect(last(report).errors[0]?.fault.facts).toEqual({ line: 2 })
  })

  test('may have line breaks and quotes in their cells', async () => {
    const report = await importing(
      file('a,"Say ""yes"", please",,,"Yekta\n",2026-04-01,,New,', 'b,,,,,,,New,'),
      table,
    )
    expect(last(report).errors).toMatchObject([{ row: 2, line: 4 }])
    expect(await opportunities()).toMatchObject([{ title: 'Say "yes", please' }])
  })
})

describe('contacts that belong to each other', () => {
  const table = {
    kind: 'contact',
    key: 'Name',
    fields: {
      name: { type: 'text', column: 'Name' },
      parentId: { type: 'record', of: 'contact', column: 'Part of' },
    },
  }

  test('come in with their parents first, in whatever order they stand', async () => {
    const report = await importing('Name,Part of\nGrandchild,Child\nChild,Parent\nParent,', table)
    expect(faults(report)).toEqual([])
    const all = await contacts()
    const named = new Map(all.map((contact) => [contact.name, contact]))
    expect(named.get('Child')?.parentId).toBe(named.get('Parent')?.id)
    expect(named.get('Grandchild')?.parentId).toBe(named.get('Child')?.id)
  })

  test('in a circle are all turned down', async () => {
    const report = await importing('Name,Part of\nA,B\nB,A\nC,', table)
    expect(faults(report)).toEqual([
      { row: 1, column: 'Part of', code: 'RecordUnknown' },
      { row: 2, column: 'Part of', code: 'RecordUnknown' },
    ])
    expect(await contacts()).toHaveLength(1)
  })
})

describe('files beside the main one', () => {
  test('are read first, and looked into', async () => {
    await writeFile(
      join(folder, 'people.csv'),
      'Who,Team,Region\nMaryam,North,Gilan\nReza,North,Gilan',
    )
    const who = { column: 'Who' }
    const related = [
      {
        file: 'people.csv',
        table: {
          kind: 'team',
          fields: {
            name: { type: 'text', column: 'Team' },
            region: { type: 'text', column: 'Region' },
          },
        },
      },
      {
        file: 'people.csv',
        table: {
          kind: 'user',
          role: 'sales',
          team: { type: 'record', of: 'team', column: 'Team' },
          fields: { name: { type: 'text', ...who } },
        },
      },
    ]
    const table = {
      kind: 'opportunity',
      key: 'Id',
      aliases: { Who: { Mariam: 'Maryam' } },
      fields: {
        title: { type: 'text', template: ['{Id} of {Who}', '{Id}'] },
        salespersonId: { type: 'record', of: 'user', ...who },
        teamId: {
          type: 'record',
          of: 'team',
          ...who,
          through: { file: 'people.csv', match: 'Who', take: 'Team' },
        },
      },
    }
    const report = await importing('Id,Who\na,Mariam\nb,Reza\nc,\nd,Nobody', table, {
      related: { related },
    })
    expect(faults(report)).toEqual([
      { row: 4, column: 'Who', code: 'RecordUnknown' },
      { row: 4, column: 'Who', code: 'ReferenceMissing' },
    ])
    expect(last(report).oddities).toEqual([
      { column: 'Who', text: 'Mariam', readAs: 'Maryam', rows: [1] },
    ])
    const teams = await forsat.query.teams.list(scope())
    if (teams._tag === 'Left') throw new Error('the list was refused')
    const [team] = teams.right.items
    expect(team).toMatchObject({ name: 'North', region: 'Gilan' })
    expect(team?.members).toHaveLength(2)
    expect(await opportunities()).toMatchObject([
      { title: 'a of Maryam', teamId: team?.id },
      { title: 'b of Reza', teamId: team?.id },
      { title: 'c' },
    ])
  })

  test('whose users have joined their teams since the plan was made are no faults', async () => {
    const table = {
      kind: 'user',
      team: { type: 'record', of: 'team', column: 'Team', createMissing: true },
      fields: { name: { type: 'text', column: 'Who' } },
    }
    await importing('Who,Team\nMaryam,North', table)
    const teams = await forsat.query.teams.list(scope())
    if (teams._tag === 'Left') throw new Error('the list was refused')
    const { id = '', members = [] } = teams.right.items[0] ?? {}
    const command = { type: 'JoinTeam', data: { id, userId: members[0]?.userId } }
    const joining = { of: 'member', id, name: undefined, key: 'of a plan with other ids' } as const
    const done = await carryOut(
      {
        file: 'data.csv',
        kind: 'user',
        read: 1,
        known: 0,
        undated: 0,
        joined: [],
        problems: [],
        oddities: [],
        unused: [],
        waves: [[{ ...joining, steps: [{ command }], row: undefined }]],
      },
      { ids: new Map() },
      {
        forsat,
        request: { company: company.id, system: 'sheet', contacts: false },
        run: forsat.ids.next(),
        onBehalfOf: undefined,
        progress: () => {},
      },
    )
    expect(done).toMatchObject({ made: [], problems: [] })
  })
})
