/**
 * The fields that describe an opportunity: the public ones by their values, the personal ones only
 * by whether they hold something.
 *
 * @module
 */
import * as z from 'zod'
import { changesIn, defined, isNothing, patched } from '../patch.ts'
import { type Erased, personalFields } from '../personal.ts'
import { type DataOf, opportunityDescriptive } from './events.ts'

type Field = keyof typeof opportunityDescriptive
type Value<Name extends Field> = DataOf<'OpportunityOpened'>[Name]

type PersonalField = {
  [Name in Field]: [Extract<Value<Name>, Erased>] extends [never] ? never : Name
}[Field]

/** The public fields by value. */
export type Described = { readonly [Name in Exclude<Field, PersonalField>]?: Value<Name> }

/** Whether each personal field holds something. */
export type Present = Readonly<Record<PersonalField, boolean>>

export interface Description {
  readonly described: Described
  readonly present: Present
}

/** Fields of which only some are named; `null` clears. */
export type Changes = DataOf<'OpportunityRevised'>

const personalNames = Object.keys(
  personalFields(z.object(opportunityDescriptive)),
) as PersonalField[]
const publicNames = new Set(Object.keys(opportunityDescriptive)).difference(new Set(personalNames))

export const blank: Description = {
  described: {},
  present: Object.fromEntries(personalNames.map((name) => [name, false])) as Present,
}

/** The description after an event that names some of its fields. */
export const describedAfter = (
  { described, present }: Description,
  data: Changes,
): Description => ({
  described: patched(described, publicIn(data)),
  present: { ...present, ...presentIn(data) },
})

/** The public fields that an event names. */
const publicIn = (data: object): object =>
  Object.fromEntries(Object.entries(data).filter(([name]) => publicNames.has(name)))

/** What an event tells of the personal fields; for mail and phone its own flags have the last word. */
const presentIn = (data: Changes): Partial<Present> => {
  const told = personalNames.flatMap((name) => {
    const present =
      flagOf(data, name) ?? (data[name] === undefined ? undefined : data[name] !== null)
    return present === undefined ? [] : [[name, present] as const]
  })
  return Object.fromEntries(told)
}

const flagOf = (data: Changes, name: PersonalField): boolean | undefined => {
  if (name === 'email') return data.emailPresent
  return name === 'phone' ? data.phonePresent : undefined
}

/**
 * The changes that change something. Public fields are compared. A personal one that arrives with a
 * value is a change: whoever asks has compared it, for its value is not known here.
 */
export const changesTo = ({ described, present }: Description, changes: Changes): Changes => {
  const personal = personalNames.filter(
    (name) => changes[name] !== undefined && (changes[name] !== null || present[name]),
  )
  const told = presentIn(changes)
  return defined({
    title: changes.title,
    ...changesIn(described, publicIn(changes)),
    ...Object.fromEntries(personal.map((name) => [name, changes[name]])),
    emailPresent: told.email === present.email ? undefined : told.email,
    phonePresent: told.phone === present.phone ? undefined : told.phone,
  })
}

const isPersonal = (name: Field): name is PersonalField => !publicNames.has(name)

export const isField = (name: string): name is Field => Object.hasOwn(opportunityDescriptive, name)

/** Whether a field holds something. */
export const holds = ({ described, present }: Description, name: Field): boolean =>
  isPersonal(name) ? present[name] : !isNothing(described[name])
