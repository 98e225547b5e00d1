import { readFileSync } from 'node:fs'
import { test as law } from '@fast-check/vitest'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressesFor, addressesWithin, commercialEntity, type Holder } from './addressing.ts'
import type { AddressKind } from './events.ts'

interface Partner {
  readonly id: string
  readonly parent: string | null
  readonly type: AddressKind
  readonly is_company: boolean
}
interface Published {
  readonly id: string
  readonly partners: readonly Partner[]
  readonly queries: readonly {
    readonly from: string
    readonly kinds: readonly AddressKind[]
    readonly expected: Partial<Record<AddressKind, string>>
  }[]
}

const { cases }: { readonly cases: readonly Published[] } = JSON.parse(
  readFileSync(new URL('addressing.golden.json', import.meta.url), 'utf8'),
)

/** Where every partner is an address, a contact has one, and it bears its name. */
const holderOf = ({ id, parent, type, is_company: isCompany }: Partner): Holder => ({
  id,
  ...(parent !== null && { parentId: parent }),
  isCompany,
  archived: false,
  addresses: [{ id, kind: type, archived: false, preferred: false }],
})

describe('the addresses that another system finds', () => {
  test.for(cases)('are found here too: $id', ({ partners, queries }) => {
    const holders = partners.map(holderOf)
    for (const { from, kinds, expected } of queries) {
      const found = addressesFor([...new Set([...kinds, 'contact' as const])], from, holders)
      const named = Object.entries(found).map(([kind, address]) => [kind, address?.addressId])
      expect(Object.fromEntries(named), from).toEqual(expected)
    }
  })
})

const address = (
  id: string,
  kind: AddressKind,
  more: { readonly archived?: boolean; readonly preferred?: boolean } = {},
) => ({ id, kind, archived: false, preferred: false, ...more })
const holder = (id: string, more: Partial<Holder> = {}): Holder => ({
  id,
  isCompany: false,
  archived: false,
  addresses: [],
  ...more,
})

const alborz = holder('alborz', {
  isCompany: true,
  addresses: [
    address('office', 'contact'),
    address('D1', 'delivery', { archived: true }),
    address('D2', 'delivery'),
  ],
})
const north = holder('north', {
  isCompany: true,
  parentId: 'alborz',
  addresses: [address('north office', 'contact'), address('north invoices', 'invoice')],
})
const parvin = holder('parvin', { parentId: 'alborz' })
const all = [alborz, north, parvin]

const written = (contactId: string, holders: readonly Holder[] = all) => {
  const { invoice, delivery } = addressesFor(['invoice', 'delivery'], contactId, holders)
  return { invoice: invoice?.addressId, delivery: delivery?.addressId }
}

describe('the addresses of a customer (O16)', () => {
  test('are its own, and the general one for a kind that it has none of (a)', () => {
    expect(written('alborz')).toEqual({ invoice: 'office', delivery: 'D2' })
  })

  test('are those of the company for a person who has none (b)', () => {
    expect(written('parvin')).toEqual(written('alborz'))
  })

  test('of a sub-company are never those of the company above, nor the other way round (c)', () => {
    expect(written('north')).toEqual({ invoice: 'north invoices', delivery: 'north office' })
  })

  test('are never archived ones, to be chosen neither (d, e)', () => {
    expect(addressesWithin('alborz', all).map(({ addressId }) => addressId)).toEqual([
      'office',
      'D2',
    ])
    const emptied = {
      ...alborz,
      addresses: alborz.addresses.map((each) =>
        each.kind === 'delivery' ? { ...each, archived: true } : each,
      ),
    }
    expect(written('alborz', [emptied, north, parvin])).toEqual({
      invoice: 'office',
      delivery: 'office',
    })
  })

  test('are none where nobody knows one (f)', () => {
    expect(written('parvin', [{ ...alborz, addresses: [] }, parvin])).toEqual({})
    const place = holder('place', { addresses: [address('till', 'invoice')] })
    expect(written('place', [place])).toEqual({ invoice: 'till' })
  })

  test('of two are the marked one, else the older one (g)', () => {
    const two = [...alborz.addresses, address('D3', 'delivery')]
    expect(written('alborz', [{ ...alborz, addresses: two }]).delivery).toBe('D2')
    const marked = two.map((each) => (each.id === 'D3' ? { ...each, preferred: true } : each))
    expect(written('alborz', [{ ...alborz, addresses: marked }]).delivery).toBe('D3')
  })
})

describe('those below a company', () => {
  const depot = holder('depot', {
    parentId: 'alborz',
    addresses: [address('yard', 'delivery'), address('gate', 'contact')],
  })

  test('have its typed addresses, where it has none itself, but not its general one', () => {
    const bare = { ...alborz, addresses: [] }
    expect(written('alborz', [bare, depot])).toEqual({ delivery: 'yard' })
    expect(written('alborz', [alborz, depot]).delivery).toBe('D2')
  })

  test('are passed over once they are archived', () => {
    const bare = { ...alborz, addresses: [address('office', 'contact')] }
    expect(written('alborz', [bare, { ...depot, archived: true }]).delivery).toBe('office')
  })

  test('are known by the numbers of the company', () => {
    const clerk = holder('clerk', { parentId: 'parvin' })
    expect(commercialEntity('clerk', [...all, clerk])).toBe('alborz')
    expect(commercialEntity('north', all)).toBe('north')
    expect(commercialEntity('reza', [holder('reza')])).toBe('reza')
  })
})

// Few ids, so that contacts meet, in circles too.
const ids = ['a', 'b', 'c', 'd', 'e'] as const
const kinds = ['contact', 'invoice', 'delivery', 'other'] as const
const families = fc
  .tuple(
    ...ids.map((id) =>
      fc.record({
        id: fc.constant(id),
        parentId: fc.option(fc.constantFrom(...ids), { nil: undefined }),
        isCompany: fc.boolean(),
        archived: fc.boolean(),
        addresses: fc
          .array(
            fc.record({
              kind: fc.constantFrom(...kinds),
              archived: fc.boolean(),
              preferred: fc.boolean(),
            }),
            { maxLength: 3 },
          )
          .map((some) => some.map((each, index) => ({ ...each, id: `${id}${index}` }))),
      }),
    ),
  )
  .map((holders) => [...holders])

describe('of any family', () => {
  law.prop([families, fc.constantFrom(...ids)])(
    'the addresses found may all be chosen, and are usable ones of the one company',
    (holders, from) => {
      const allowed = addressesWithin(from, holders)
      const found = Object.values(addressesFor(kinds, from, holders))
      expect(allowed).toEqual(expect.arrayContaining(found))
      const entity = commercialEntity(from, holders)
      for (const { holderId, addressId } of allowed) {
        const owner = holders.find(({ id }) => id === holderId)
        const held = owner?.addresses.find(({ id }) => id === addressId)
        expect(held?.archived).toBe(false)
        if (owner?.isCompany === true) expect(owner.id).toBe(entity)
      }
    },
  )

  law.prop([families, fc.constantFrom(...ids), fc.constantFrom(...kinds)])(
    'one that is added later takes the place of none that was found',
    (holders, from, kind) => {
      const before = addressesFor([kind], from, holders)[kind]
      const isOfKind = holders
        .find(({ id }) => id === before?.holderId)
        ?.addresses.some((each) => each.id === before?.addressId && each.kind === kind)
      if (before === undefined || isOfKind !== true) return
      const more = holders.map((each) =>
        each.id === before.holderId
          ? { ...each, addresses: [...each.addresses, address('new', kind)] }
          : each,
      )
      expect(addressesFor([kind], from, more)[kind]).toEqual(before)
    },
  )
})
